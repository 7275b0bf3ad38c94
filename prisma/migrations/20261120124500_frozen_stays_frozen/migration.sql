-- What two rules of the first migration left open.

-- A part of a frozen version can't be moved into another one either, and a part that is written while
-- its version is being frozen waits for it and is refused.
CREATE OR REPLACE FUNCTION keep_frozen_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  old_version uuid := CASE TG_OP WHEN 'INSERT' THEN NULL ELSE OLD."versionId" END;
  new_version uuid := CASE TG_OP WHEN 'DELETE' THEN NULL ELSE NEW."versionId" END;
BEGIN
  -- A flag says that the source of an example was taken back: it is not content.
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'flaggedAt' = to_jsonb(OLD) - 'flaggedAt' THEN
    RETURN NEW;
  END IF;
  PERFORM 1 FROM "Version" WHERE id IN (old_version, new_version) FOR KEY SHARE;
  IF EXISTS (
    SELECT 1 FROM "Version" WHERE id IN (old_version, new_version) AND number IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'The version is frozen' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

-- Everything that came with a case stays as it came.
CREATE OR REPLACE FUNCTION keep_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."projectId" <> OLD."projectId" OR NEW."externalId" <> OLD."externalId"
    OR NEW.revision <> OLD.revision OR NEW.subject <> OLD.subject
    OR NEW."textHash" <> OLD."textHash" OR NEW.messages <> OLD.messages OR NEW.rank <> OLD.rank
    OR NEW.metadata <> OLD.metadata OR NEW.link IS DISTINCT FROM OLD.link
    OR NEW."occurredAt" IS DISTINCT FROM OLD."occurredAt" OR NEW.characters <> OLD.characters THEN
    RAISE EXCEPTION 'A case never changes: changed text is a new revision'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.pool IS NOT NULL AND NEW.pool IS DISTINCT FROM OLD.pool THEN
    RAISE EXCEPTION 'The pool of a case never changes'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
