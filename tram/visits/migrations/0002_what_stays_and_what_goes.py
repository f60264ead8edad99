"""What was entered and published stays as it was; what tells one voter from another is in no log and in no backup."""

from django.db import migrations

KEPT = ("population", "ranking", "standing")
FORBID = """
CREATE FUNCTION visits_figure_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'số liệu đã nhập, đã công bố không được sửa hay xóa; nhập hoặc công bố bản mới (%)', TG_OP;
END $$;
""" + "".join(
    f"CREATE TRIGGER visits_{table}_stays BEFORE UPDATE OR DELETE ON visits_{table}"
    " FOR EACH ROW EXECUTE FUNCTION visits_figure_stays();\n"
    for table in KEPT
)
ALLOW = "".join(f"DROP TRIGGER visits_{table}_stays ON visits_{table};\n" for table in KEPT) + (
    "DROP FUNCTION visits_figure_stays();"
)
ASIDE = "ALTER TABLE visits_vote SET UNLOGGED; ALTER TABLE visits_daykey SET UNLOGGED;"
BACK = "ALTER TABLE visits_vote SET LOGGED; ALTER TABLE visits_daykey SET LOGGED;"


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW), migrations.RunSQL(ASIDE, BACK)]
