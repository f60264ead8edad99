"""The news desk of the stories: Lan writes, Nga edits, Phúc lets out; Sơn directs the Sở; Tuấn is of another agency."""

from dataclasses import dataclass
from datetime import datetime

from tests.cast import AT, FOUNDED, Cast
from tram.kernel.actors import Actor
from tram.news.commands.publish import pass_on, present, publish
from tram.news.commands.write import begin
from tram.news.models import Article
from tram.news.rules.content import Block, Content
from tram.organisation.commands.posts import appoint, create_post

TEXT = Content(
    title="Khai giảng lớp tập huấn cho cán bộ xã",
    lead="Sáng 16/11, Sở khai giảng lớp tập huấn cho sáu mươi cán bộ xã.",
    body=(
        Block("paragraph", "Lớp học kéo dài ba ngày, mỗi xã cử hai người."),
        Block("heading", "Cách học"),
        Block("paragraph", "Học viên làm bài trên máy."),
    ),
    byline="Lan",
)


@dataclass
class Desk:
    """People and articles of the Sở, on the day of the cast."""

    cast: Cast

    def __post_init__(self) -> None:
        for login, role, title in (("nga", "editor", "Biên tập Cổng"), ("phuc", "publisher", "Duyệt đăng Cổng")):
            post = create_post(
                actor=Actor.system(), at=AT, unit=self.cast.units["skhcn"], title=title, rank=80, roles=[role],
                since=FOUNDED,
            )  # fmt: skip
            appoint(actor=Actor.system(), at=AT, post=post, account=self.cast.accounts[login], since=FOUNDED)

    def who(self, name: str, at: datetime = AT) -> Actor:
        """A person."""
        return self.cast.actor(name, at)

    def draft(self, content: Content = TEXT) -> Article:
        """An article that Lan has begun."""
        return begin(
            actor=self.who("lan"), at=AT, agency=self.cast.units["skhcn"], category="activity", content=content
        )

    def passed(self, content: Content = TEXT) -> Article:
        """Before the publisher."""
        article = present(actor=self.who("lan"), at=AT, article=self.draft(content))
        return pass_on(actor=self.who("nga"), at=AT, article=article)

    def public(self, content: Content = TEXT) -> Article:
        """On the portal."""
        article = self.passed(content)
        publish(actor=self.who("phuc"), at=AT, article=article)
        return Article.objects.get(pk=article.pk)
