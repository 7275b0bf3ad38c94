-- CreateEnum
CREATE TYPE "RunPurpose" AS ENUM ('label', 'leave_out');

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "purpose" "RunPurpose" NOT NULL DEFAULT 'label';

-- What examples do is tried out on dev alone.
ALTER TABLE "Run" ADD CONSTRAINT "Run_leaves_out_on_dev" CHECK (purpose = 'label' OR pool = 'dev');

-- A suggestion made without some of the examples is shown to nobody and is in no count of a version.
CREATE OR REPLACE FUNCTION show_suggestions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Assignment" a SET "suggestionId" = s.id
  FROM added s
  JOIN "Run" r ON r.id = s."runId" AND r.purpose = 'label'
  JOIN "Release" l ON l."setupId" = r."setupId" AND l."endedAt" IS NULL
  WHERE a."caseId" = s."caseId" AND a.status = 'open' AND a.mode = 'shown'
    AND a."leaseUntil" IS NULL AND s.status <> 'failed';
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION count_suggestions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Case" WHERE id IN (SELECT "caseId" FROM added) ORDER BY id FOR NO KEY UPDATE;
  INSERT INTO "TallyDelta"
    ("runId", pool, selection, mode, "predictedId", "finalId", "secondId", source, counts, n)
  SELECT s."runId", c.pool, f.selection, f.mode, s."labelId", f."labelId", f."secondLabelId",
    f.source, s.counts, count(*)
  FROM added s
  JOIN "Run" r ON r.id = s."runId" AND r.purpose = 'label'
  JOIN "Case" c ON c.id = s."caseId"
  LEFT JOIN "FinalLabel" f ON f."caseId" = s."caseId"
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION count_final_label() RETURNS trigger LANGUAGE plpgsql AS $$
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
  JOIN "Run" r ON r.id = s."runId" AND r.purpose = 'label'
  JOIN "Case" c ON c.id = s."caseId"
  CROSS JOIN (VALUES
    (old_row.selection, old_row.mode, old_row."labelId", old_row."secondLabelId", old_row.source, -1),
    (new_row.selection, new_row.mode, new_row."labelId", new_row."secondLabelId", new_row.source, 1)
  ) AS side(selection, mode, label, second, source, n)
  WHERE s."caseId" = case_id;
  RETURN NULL;
END $$;
