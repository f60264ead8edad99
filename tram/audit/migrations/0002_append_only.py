"""The database itself keeps the audit append-only."""

from django.db import migrations

FORBID = """
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nhật ký chỉ được ghi thêm (%)', TG_OP;
END $$;
CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE FUNCTION audit_chain_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.agency <> OLD.agency OR NEW.seq <= OLD.seq THEN
        RAISE EXCEPTION 'đầu chuỗi nhật ký chỉ được tiến lên (%)', TG_OP;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_chain_moves_on BEFORE UPDATE OR DELETE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION audit_chain_moves_on();
"""
ALLOW = """
DROP TRIGGER audit_chain_moves_on ON audit_chain;
DROP TRIGGER audit_event_is_not_emptied ON audit_event;
DROP TRIGGER audit_event_only_grows ON audit_event;
DROP FUNCTION audit_chain_moves_on();
DROP FUNCTION audit_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
