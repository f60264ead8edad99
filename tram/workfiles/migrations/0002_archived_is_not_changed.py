"""The database itself keeps an archived file and its list: nothing changes them but the record that it was disposed of."""

from django.db import migrations

FORBID = """
CREATE FUNCTION workfiles_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved CONSTANT text[] := ARRAY['state', 'disposed_at', 'changed_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'planned' THEN
            RAISE EXCEPTION 'hồ sơ đã mở không được xóa (%)', OLD.notation;
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('archived', 'disposed') AND NOT (
        OLD.state = 'archived' AND NEW.state = 'disposed' AND NEW.disposed_at IS NOT NULL
        AND to_jsonb(OLD) - moved = to_jsonb(NEW) - moved
    ) THEN
        RAISE EXCEPTION 'hồ sơ đã vào lưu trữ không được sửa (%)', OLD.notation;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workfiles_file_stays BEFORE UPDATE OR DELETE ON workfiles_workfile
    FOR EACH ROW EXECUTE FUNCTION workfiles_file_stays();

CREATE FUNCTION workfiles_list_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'dòng của mục lục văn bản không được xóa; bỏ văn bản ra thì ghi lý do';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.file_id, OLD.incoming_id, OLD.outgoing_id) IS DISTINCT FROM
                            (NEW.file_id, NEW.incoming_id, NEW.outgoing_id) THEN
        RAISE EXCEPTION 'dòng của mục lục văn bản không đổi sang văn bản khác';
    END IF;
    SELECT state INTO kept FROM workfiles_workfile WHERE id = NEW.file_id FOR SHARE;
    IF kept IN ('archived', 'disposed') THEN
        RAISE EXCEPTION 'mục lục của hồ sơ đã vào lưu trữ không được thêm hay sửa';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workfiles_list_stays BEFORE INSERT OR UPDATE OR DELETE ON workfiles_paper
    FOR EACH ROW EXECUTE FUNCTION workfiles_list_stays();

CREATE FUNCTION workfiles_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'lần giao nộp, đề nghị hủy đã quyết định không được sửa (%)', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workfiles_handover_stays BEFORE UPDATE OR DELETE ON workfiles_handover
    FOR EACH ROW EXECUTE FUNCTION workfiles_decision_stays();
CREATE TRIGGER workfiles_disposal_stays BEFORE UPDATE OR DELETE ON workfiles_disposal
    FOR EACH ROW EXECUTE FUNCTION workfiles_decision_stays();

CREATE FUNCTION workfiles_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'danh sách đã lập không được sửa hay xóa (%)', TG_TABLE_NAME;
END $$;
CREATE TRIGGER workfiles_handedfile_stays BEFORE UPDATE OR DELETE ON workfiles_handedfile
    FOR EACH ROW EXECUTE FUNCTION workfiles_line_stays();
CREATE TRIGGER workfiles_disposedfile_stays BEFORE UPDATE OR DELETE ON workfiles_disposedfile
    FOR EACH ROW EXECUTE FUNCTION workfiles_line_stays();
CREATE TRIGGER workfiles_workfile_is_not_emptied BEFORE TRUNCATE ON workfiles_workfile
    EXECUTE FUNCTION workfiles_line_stays();
CREATE TRIGGER workfiles_paper_is_not_emptied BEFORE TRUNCATE ON workfiles_paper
    EXECUTE FUNCTION workfiles_line_stays();
"""
ALLOW = """
DROP TRIGGER workfiles_paper_is_not_emptied ON workfiles_paper;
DROP TRIGGER workfiles_workfile_is_not_emptied ON workfiles_workfile;
DROP TRIGGER workfiles_disposedfile_stays ON workfiles_disposedfile;
DROP TRIGGER workfiles_handedfile_stays ON workfiles_handedfile;
DROP TRIGGER workfiles_disposal_stays ON workfiles_disposal;
DROP TRIGGER workfiles_handover_stays ON workfiles_handover;
DROP TRIGGER workfiles_list_stays ON workfiles_paper;
DROP TRIGGER workfiles_file_stays ON workfiles_workfile;
DROP FUNCTION workfiles_line_stays();
DROP FUNCTION workfiles_decision_stays();
DROP FUNCTION workfiles_list_stays();
DROP FUNCTION workfiles_file_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("workfiles", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
