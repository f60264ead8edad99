"""The organisation in time: units, posts, who holds them, and the books that give numbers."""

from django.conf import settings
from django.db import models

from tram.kernel.refs import ref_of


class Area(models.Model):
    """Đơn vị hành chính: a province or commune of the map, with the days on which it exists."""

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("code", "level", "since", name="one_area_a_code_and_day")]
        indexes = [models.Index(fields=["search_key"], name="areas_by_name")]


class AreaSuccession(models.Model):
    """Đơn vị hành chính kế thừa: which old area went, wholly or in part, into which new one."""

    old = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, models.PROTECT, related_name="predecessions")
    whole = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint("old", "new", name="one_succession_a_pair")]


class Unit(models.Model):
    """Đơn vị: an agency or a part of one. Name and parent are today's; `UnitVersion` keeps every day's."""

    kind = models.CharField(max_length=30)
    is_agency = models.BooleanField()
    agency = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=200)
    abbr = models.CharField(max_length=30)
    search_key = models.CharField(max_length=300)
    order = models.PositiveIntegerField(default=0)
    area = models.ForeignKey(Area, models.PROTECT, null=True)
    founded_on = models.DateField()
    abolished_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["parent", "order"], name="units_below"),
            models.Index(fields=["agency", "order"], name="units_of_an_agency"),
        ]

    @property
    def ref(self) -> str:
        """How other rooms name this unit."""
        return ref_of("organisation", "unit", self.pk)


class UnitVersion(models.Model):
    """Đơn vị theo thời gian: a unit's name, abbreviation and parent on given days; versions never overlap."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    abbr = models.CharField(max_length=30)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    decision = models.CharField(max_length=200, blank=True)


class UnitSuccession(models.Model):
    """Cơ quan kế thừa: which unit took over from which, when, and by which decision."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    on = models.DateField()
    decision = models.CharField(max_length=200)


class AgencyCode(models.Model):
    """Mã định danh: an agency's code in one scheme (qd20, qcvn102, dvcqg, budget), on given days."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("scheme", "code", "since", name="one_code_a_scheme_and_day")]


class Post(models.Model):
    """Vị trí công tác: a seat in a unit; rights and work belong to it, whoever sits there."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    rank = models.PositiveIntegerField(default=100)
    since = models.DateField()
    until = models.DateField(null=True)

    @property
    def ref(self) -> str:
        """How other rooms name this post."""
        return ref_of("organisation", "post", self.pk)


class RoleGrant(models.Model):
    """Quyền của vị trí: a role over a unit, on given days, with the reason it was given."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    cause = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["unit", "role"], name="holders_of_a_role")]


class Appointment(models.Model):
    """Bổ nhiệm, phân công: a person holds a post on given days."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    since = models.DateField()
    until = models.DateField(null=True)
    decision = models.CharField(max_length=200, blank=True)


class Delegation(models.Model):
    """Ủy quyền: one post lends a role to another, in writing and for a time; it cannot be lent on."""

    giver = models.ForeignKey(Post, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    role = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    document = models.CharField(max_length=200)


class Absence(models.Model):
    """Vắng mặt: the holder of a post is away and another post acts for them ("A thay B")."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Post, models.PROTECT, related_name="substitutions")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)


class WorkingHours(models.Model):
    """Giờ làm việc: an agency's hours on one weekday (1 = Monday) from a day on; minutes after midnight."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    lunch = models.PositiveSmallIntegerField()
    returns = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    since = models.DateField()


class LocalDay(models.Model):
    """Ngày riêng của cơ quan: a day off or a day worked that the national calendar does not have."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="local_days")
    day = models.DateField()
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint("agency", "day", name="one_word_about_a_day")]


class NumberBook(models.Model):
    """Sổ: the numbers of one agency, one kind of book and one year, given by a locked counter without gaps."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="books")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    is_secret = models.BooleanField(default=False)
    next_number = models.PositiveIntegerField(default=1)
    locked_until = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("agency", "code", "year", name="one_book_a_year")]

    @property
    def ref(self) -> str:
        """How other rooms name this book."""
        return ref_of("organisation", "book", self.pk)


class BookNumber(models.Model):
    """Số trong sổ: one number, used, reserved or void; it is never given twice."""

    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    about = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("book", "number", name="a_number_is_given_once")]
        indexes = [models.Index(fields=["book", "number"], name="numbers_set_aside", condition=~models.Q(state="used"))]
