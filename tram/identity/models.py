"""People and how they prove who they are."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class Account(AbstractBaseUser):
    """Tài khoản: one person's way in; what they may do comes from the posts they hold."""

    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=240)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    agency = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    needs_second_factor = models.BooleanField(default=False)

    USERNAME_FIELD = "login"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django asks this before letting anybody in."""
        return self.closed_at is None
