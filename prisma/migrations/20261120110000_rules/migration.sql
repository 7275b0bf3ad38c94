-- The rules of the domain that hold whatever the code does.

-- 1. What is append-only stays as it was written.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER review_append_only BEFORE UPDATE OR DELETE ON "Review"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER suggestion_append_only BEFORE UPDATE OR DELETE ON "Suggestion"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER call_append_only BEFORE UPDATE OR DELETE ON "Call"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER call_case_append_only BEFORE UPDATE OR DELETE ON "CallCase"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER skip_append_only BEFORE UPDATE OR DELETE ON "AssignmentSkip"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- 2. A case never changes; its pool is given once.

CREATE UNIQUE INDEX "Case_current_external_id" ON "Case" ("projectId", "externalId")
  WHERE "archivedAt" IS NULL;
CREATE INDEX "Case_waiting_for_pool" ON "Case" ("projectId")
  WHERE pool IS NULL AND "quarantinedAt" IS NULL AND "archivedAt" IS NULL;

CREATE FUNCTION keep_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."projectId" <> OLD."projectId" OR NEW."externalId" <> OLD."externalId"
    OR NEW.revision <> OLD.revision OR NEW.subject <> OLD.subject
    OR NEW."textHash" <> OLD."textHash" OR NEW.messages <> OLD.messages OR NEW.rank <> OLD.rank THEN
    RAISE EXCEPTION 'A case never changes: changed text is a new revision'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.pool IS NOT NULL AND NEW.pool IS DISTINCT FROM OLD.pool THEN
    RAISE EXCEPTION 'The pool of a case never changes'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_immutable BEFORE UPDATE ON "Case"
  FOR EACH ROW EXECUTE FUNCTION keep_case();

-- 3. Reviews: one answer per assignment, no more than wanted, one per case and person.

ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_slot_from_one" CHECK (slot >= 1);
CREATE UNIQUE INDEX "Assignment_slot_once" ON "Assignment" ("caseId", slot)
  WHERE status <> 'withdrawn' AND purpose IN ('ordinary', 'second_opinion');
CREATE INDEX "Assignment_queue" ON "Assignment" ("projectId", priority DESC, rank, id)
  WHERE status = 'open';
CREATE INDEX "Assignment_held" ON "Assignment" ("holderId") WHERE status = 'open' AND "holderId" IS NOT NULL;

CREATE UNIQUE INDEX "Review_one_answer_per_assignment" ON "Review" ("assignmentId")
  WHERE "supersedesId" IS NULL;
CREATE UNIQUE INDEX "Review_one_per_case_and_person" ON "Review" ("caseId", "reviewerId")
  WHERE "supersedesId" IS NULL AND purpose <> 'repeat';
ALTER TABLE "Review" ADD CONSTRAINT "Review_undone_says_nothing"
  CHECK (NOT undone OR ("labelId" IS NULL AND thumb IS NULL AND "secondLabelId" IS NULL));
ALTER TABLE "Review" ADD CONSTRAINT "Review_second_choice_of_close_call"
  CHECK ("secondLabelId" IS NULL OR (("closeCall" OR undone) AND "secondLabelId" <> "labelId"));

-- 4. Versions: a frozen one never changes; examples come from the example pool of the same project.

CREATE UNIQUE INDEX "Release_one_in_force" ON "Release" ("projectId") WHERE "endedAt" IS NULL;

CREATE FUNCTION keep_frozen_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.number IS NOT NULL AND (
    TG_OP = 'DELETE' OR NEW.number IS DISTINCT FROM OLD.number OR NEW.persona <> OLD.persona
    OR NEW.rules <> OLD.rules OR NEW."answerFormat" <> OLD."answerFormat"
    OR NEW."badExampleForm" <> OLD."badExampleForm" OR NEW.model <> OLD.model
  ) THEN
    RAISE EXCEPTION 'Version % is frozen', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON "Version"
  FOR EACH ROW EXECUTE FUNCTION keep_frozen_version();

CREATE FUNCTION keep_frozen_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE version_id uuid := CASE TG_OP WHEN 'DELETE' THEN OLD."versionId" ELSE NEW."versionId" END;
BEGIN
  -- A flag says that the source of an example was taken back: it is not content.
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'flaggedAt' = to_jsonb(OLD) - 'flaggedAt' THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT 1 FROM "Version" WHERE id = version_id AND number IS NOT NULL) THEN
    RAISE EXCEPTION 'The version is frozen' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_category_frozen BEFORE INSERT OR UPDATE OR DELETE ON "VersionCategory"
  FOR EACH ROW EXECUTE FUNCTION keep_frozen_parts();
CREATE TRIGGER example_frozen BEFORE INSERT OR UPDATE OR DELETE ON "Example"
  FOR EACH ROW EXECUTE FUNCTION keep_frozen_parts();

CREATE FUNCTION keep_examples_in_pool() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Case" c JOIN "Version" v ON v."projectId" = c."projectId"
    WHERE c.id = NEW."caseId" AND v.id = NEW."versionId" AND c.pool = 'example'
  ) THEN
    RAISE EXCEPTION 'Examples come from the example pool of their own project'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'Example_from_example_pool';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER example_from_example_pool BEFORE INSERT OR UPDATE OF "caseId", "versionId" ON "Example"
  FOR EACH ROW EXECUTE FUNCTION keep_examples_in_pool();

-- 5. Counts for dashboards: deltas, in the transaction that changes them.
-- Both sides lock the case first, so that a suggestion and a final label that arrive together see each other.

CREATE UNIQUE INDEX "Tally_once" ON "Tally"
  ("runId", pool, selection, mode, "predictedId", "finalId", "secondId", source, counts)
  NULLS NOT DISTINCT;

CREATE FUNCTION count_suggestions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Case" WHERE id IN (SELECT "caseId" FROM added) ORDER BY id FOR NO KEY UPDATE;
  INSERT INTO "TallyDelta"
    ("runId", pool, selection, mode, "predictedId", "finalId", "secondId", source, counts, n)
  SELECT s."runId", c.pool, f.selection, f.mode, s."labelId", f."labelId", f."secondLabelId",
    f.source, s.counts, count(*)
  FROM added s
  JOIN "Case" c ON c.id = s."caseId"
  LEFT JOIN "FinalLabel" f ON f."caseId" = s."caseId"
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  RETURN NULL;
END $$;
CREATE TRIGGER suggestion_counted AFTER INSERT ON "Suggestion"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_suggestions();

-- A label that comes, goes or changes moves the suggestions of its case from one count to another.
CREATE FUNCTION lock_labelled_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Case" WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD."caseId" ELSE NEW."caseId" END
    FOR NO KEY UPDATE;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER final_label_locks_case BEFORE INSERT OR UPDATE OR DELETE ON "FinalLabel"
  FOR EACH ROW EXECUTE FUNCTION lock_labelled_case();

CREATE FUNCTION count_final_label() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  old_row "FinalLabel" := CASE TG_OP WHEN 'INSERT' THEN NULL ELSE OLD END;
  new_row "FinalLabel" := CASE TG_OP WHEN 'DELETE' THEN NULL ELSE NEW END;
  case_id uuid := CASE TG_OP WHEN 'DELETE' THEN OLD."caseId" ELSE NEW."caseId" END;
BEGIN
  INSERT INTO "TallyDelta"
    ("runId", pool, selection, mode, "predictedId", "finalId", "secondId", source, counts, n)
  SELECT s."runId", c.pool, side.selection, side.mode, s."labelId", side.label, side.second,
    side.source, s.counts, side.n
  FROM "Suggestion" s
  JOIN "Case" c ON c.id = s."caseId"
  CROSS JOIN (VALUES
    (old_row.selection, old_row.mode, old_row."labelId", old_row."secondLabelId", old_row.source, -1),
    (new_row.selection, new_row.mode, new_row."labelId", new_row."secondLabelId", new_row.source, 1)
  ) AS side(selection, mode, label, second, source, n)
  WHERE s."caseId" = case_id;
  RETURN NULL;
END $$;
CREATE TRIGGER final_label_counted AFTER INSERT OR UPDATE OR DELETE ON "FinalLabel"
  FOR EACH ROW EXECUTE FUNCTION count_final_label();
