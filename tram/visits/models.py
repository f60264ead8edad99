"""Sums of visits, populations, rankings that were published; sums of ratings, and the votes of this one day."""

from django.db import models
from django.db.models import Q

from tram.kernel.refs import ref_of


class PageVisits(models.Model):
    """Lượt truy cập của trang: on one day, or, once days are folded, in one month (`on` its first day). Page "" is all that fitted nowhere."""

    page = models.CharField(max_length=120)
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    is_month = models.BooleanField(default=False)
    visits = models.BigIntegerField()
    robots = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("page", "agency", "on", "is_month", name="one_sum_a_page_and_day")]
        indexes = [
            models.Index(fields=["agency", "on"], name="pages_of_an_agency"),
            models.Index(fields=["on"], name="days_to_fold", condition=Q(is_month=False)),
        ]


class AgencyVisits(models.Model):
    """Lượt truy cập của cơ quan: all its pages on one day; kept for ever, never folded."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    visits = models.BigIntegerField()
    robots = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("agency", "on", name="one_sum_an_agency_and_day")]


class WrittenBatch(models.Model):
    """Lần đã ghi: which sums of a process are in the tables, so that one that is sent again is not added again."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()


class Population(models.Model):
    """Dân số của cơ quan: from a month on until a later one says otherwise; of two for one month the later entered holds."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    since = models.DateField()
    people = models.PositiveIntegerField()
    counted_on = models.DateField()
    source = models.CharField(max_length=300)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gt=0), name="somebody_lives_there"),
            models.CheckConstraint(condition=Q(since__day=1), name="a_population_holds_from_the_first_of_a_month"),
        ]
        indexes = [models.Index(fields=["agency", "-since", "-id"], name="populations_of_an_agency")]


class Ranking(models.Model):
    """Bảng xếp hạng đã công bố: the visits a head of a month, as an agency published them; never changed, published anew with a reason."""

    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    number = models.PositiveIntegerField()
    publisher = models.CharField(max_length=200)
    by_name = models.CharField(max_length=240)
    at = models.DateTimeField()
    document = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("agency", "month", "number", name="one_ranking_a_month_and_number")]

    @property
    def ref(self) -> str:
        """How other rooms name it."""
        return ref_of("visits", "ranking", self.pk)


class Standing(models.Model):
    """Thứ hạng đã công bố: one agency's line, with all that it was reckoned from."""

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="standings")
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    visits = models.BigIntegerField()
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    counted_on = models.DateField()
    place = models.PositiveIntegerField()
    of = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("ranking", "agency", name="an_agency_stands_once_in_a_ranking")]


class Rating(models.Model):
    """Đánh giá của trang: how many gave it 1, 2, 3, 4, 5."""

    page = models.CharField(max_length=120, primary_key=True)
    agency = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", db_index=False)
    ones = models.PositiveIntegerField(default=0)
    twos = models.PositiveIntegerField(default=0)
    threes = models.PositiveIntegerField(default=0)
    fours = models.PositiveIntegerField(default=0)
    fives = models.PositiveIntegerField(default=0)


class DayKey(models.Model):
    """Khóa trong ngày: what the marks of a day are made with; thrown away with them when the day is over. Unlogged."""

    on = models.DateField(primary_key=True)
    key = models.BinaryField()


class Vote(models.Model):
    """Phiếu trong ngày: what a mark gave a page, so that a later tap replaces it. Unlogged, gone when the day is over."""

    page = models.CharField(max_length=120)
    on = models.DateField()
    voter = models.BinaryField()
    network = models.BinaryField()
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("page", "on", "voter", name="one_vote_a_page_voter_and_day"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="a_score_is_one_to_five"),
        ]
        indexes = [models.Index(fields=["page", "on", "network"], name="votes_of_a_network")]
