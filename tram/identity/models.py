"""People and how they prove who they are."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q

from tram.identity.rules import unseal
from tram.kernel.refs import ref_of


class Account(AbstractBaseUser):
    """Tài khoản: one person's way in; what they may do comes from the posts they hold."""

    last_login = None  # the list of sign-ins knows better

    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=240)
    words = models.CharField(max_length=240)
    bare_words = models.CharField(max_length=240)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    agency = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    needs_second_factor = models.BooleanField(default=False)

    USERNAME_FIELD = "login"

    class Meta:
        indexes = [
            models.Index(fields=["agency", "name_key", "id"], name="people_of_an_agency"),
            models.Index(fields=["name_key", "id"], name="people_by_name"),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django asks this before letting anybody in."""
        return self.closed_at is None

    @property
    def ref(self) -> str:
        """How other rooms name this account."""
        return ref_of("identity", "account", self.pk)


class SignIn(models.Model):
    """Phiên đăng nhập: one device let in; `admitted_at` is empty while the second step is still awaited.

    `browser` is the hash of the cookie that tells one browser from others, over all who sign in there.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="sign_ins")
    key_hash = models.BinaryField(max_length=32, unique=True)
    device = models.CharField(max_length=120)
    address = models.CharField(max_length=45)
    browser = models.BinaryField(max_length=32, null=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField()
    proved_by = models.CharField(max_length=10)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-started_at"], name="sign_ins_of_a_person"),
            models.Index(fields=["address", "admitted_at"], name="sign_ins_of_an_address"),
            models.Index(
                fields=["browser", "-started_at"], name="sign_ins_in_a_browser", condition=Q(browser__isnull=False)
            ),
        ]


class Proof(models.Model):
    """Bằng chứng danh tính: a factor shown in one session for one act; spent once, and soon."""

    sign_in = models.ForeignKey(SignIn, models.CASCADE, related_name="proofs")
    purpose = models.CharField(max_length=160)
    key_hash = models.BinaryField(max_length=32, unique=True)
    way = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """Lần thử sai: a wrong guess at some door; what was aimed at is kept only as a hash."""

    subject = models.BinaryField(max_length=32)
    address = models.CharField(max_length=45)
    is_house = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="guesses_at_a_subject"),
            models.Index(fields=["address", "at"], name="guesses_from_an_address"),
        ]


class Factor(models.Model):
    """Bước hai: a secret shared with an authenticator app (sealed), or the public half of a passkey."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=10, choices=[("totp", "Ứng dụng mã"), ("passkey", "Khóa")])
    name = models.CharField(max_length=80)
    secret = models.BinaryField()
    credential = models.BinaryField(max_length=1024, null=True, unique=True)
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "account", condition=Q(kind="totp", confirmed_at=None), name="one_code_app_being_added"
            )
        ]

    @property
    def shared_secret(self) -> str:
        """What the authenticator app knows too (base32)."""
        return unseal(bytes(self.secret), str(settings.SECRET_KEY))


class RecoveryCode(models.Model):
    """Mã dự phòng: opens the second step once, when the other ways are lost."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """Lời mời: a link that works once and soon, to set a password."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="invitations")
    token_hash = models.BinaryField(max_length=32, unique=True)
    is_first_admin = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Token(models.Model):
    """Thẻ truy cập: lets a program act as an account from one of its posts."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    post = models.BigIntegerField(null=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("account", "name", condition=Q(revoked_at=None), name="one_living_token_of_a_name")
        ]
