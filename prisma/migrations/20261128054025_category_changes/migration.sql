-- CreateEnum
CREATE TYPE "CategoryChangeKind" AS ENUM ('renamed', 'split', 'merged', 'removed');

-- AlterTable
ALTER TABLE "Category" ADD COLUMN     "mergedIntoId" UUID;

-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Review" ADD COLUMN     "changeId" UUID,
ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "VersionCategory" ADD COLUMN     "name" TEXT;

-- CreateTable
CREATE TABLE "CategoryChange" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "kind" "CategoryChangeKind" NOT NULL,
    "fromIds" UUID[],
    "intoIds" UUID[],
    "fromNames" TEXT[],
    "intoNames" TEXT[],
    "before" JSONB NOT NULL,
    "recalled" INTEGER NOT NULL DEFAULT 0,
    "carried" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "byId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "undoneAt" TIMESTAMPTZ(3),
    "undoneById" UUID,

    CONSTRAINT "CategoryChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CategoryChangeCase" (
    "changeId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "recalled" BOOLEAN NOT NULL,
    "done" BOOLEAN NOT NULL DEFAULT false,
    "labelId" UUID,
    "secondLabelId" UUID,
    "source" "LabelSource",
    "definitionId" UUID,
    "settledById" UUID,
    "precedent" TEXT NOT NULL DEFAULT '',
    "labelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "CategoryChangeCase_pkey" PRIMARY KEY ("changeId","caseId")
);

-- CreateTable
CREATE TABLE "CaseRound" (
    "caseId" UUID NOT NULL,
    "round" INTEGER NOT NULL,

    CONSTRAINT "CaseRound_pkey" PRIMARY KEY ("caseId")
);

-- CreateIndex
CREATE INDEX "CategoryChange_projectId_at_idx" ON "CategoryChange"("projectId", "at");

-- CreateIndex
CREATE INDEX "CategoryChangeCase_caseId_idx" ON "CategoryChangeCase"("caseId");

-- AddForeignKey
ALTER TABLE "CategoryChangeCase" ADD CONSTRAINT "CategoryChangeCase_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "CategoryChange"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Category"
  ADD CONSTRAINT "Category_merged_into" FOREIGN KEY ("mergedIntoId", "projectId") REFERENCES "Category" (id, "projectId"),
  ADD CONSTRAINT "Category_merged_is_archived" CHECK ("mergedIntoId" IS NULL OR "archivedAt" IS NOT NULL);
CREATE INDEX "CategoryChangeCase_left" ON "CategoryChangeCase" ("changeId", "caseId") WHERE NOT done;

-- What a label counts as today: itself, what its category was merged into, or nothing where the category
-- was split or removed. Everything that computes with what people or models have said asks here; what
-- they said stays as they said it.
CREATE FUNCTION label_now(label uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN c."archivedAt" IS NULL THEN c.id ELSE c."mergedIntoId" END
  FROM "Category" c WHERE c.id = label
$$;

-- A case that was sent back begins anew: one answer of a person in each round.
CREATE FUNCTION join_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.round := coalesce((SELECT r.round FROM "CaseRound" r WHERE r."caseId" = NEW."caseId"), 0);
  RETURN NEW;
END $$;
CREATE TRIGGER assignment_joins_round BEFORE INSERT ON "Assignment"
  FOR EACH ROW EXECUTE FUNCTION join_round();
DROP INDEX "Review_one_per_case_and_person";
CREATE UNIQUE INDEX "Review_one_per_case_and_person" ON "Review" ("caseId", "reviewerId", round)
  WHERE "supersedesId" IS NULL AND purpose <> 'repeat';

-- An answer that arrives while its category is being split or removed waits for that, and is refused. One
-- for a category that was merged is taken: it counts as what that became.
CREATE OR REPLACE FUNCTION remember_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT a.round INTO NEW.round FROM "Assignment" a WHERE a.id = NEW."assignmentId";
  IF NEW."labelId" IS NULL THEN
    NEW."definitionId" := NULL;
    RETURN NEW;
  END IF;
  PERFORM 1 FROM "Category" c
  WHERE c.id = NEW."labelId" AND (c."archivedAt" IS NULL OR c."mergedIntoId" IS NOT NULL)
  FOR KEY SHARE;
  IF NOT FOUND AND EXISTS (SELECT 1 FROM "Category" WHERE id = NEW."labelId") THEN
    RAISE EXCEPTION 'The category is none any more'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'Review_label_of_today';
  END IF;
  NEW."definitionId" :=
    definition_of(NEW."labelId", coalesce(NEW."versionId", version_in_force(NEW."projectId")));
  RETURN NEW;
END $$;

-- A final label is always a category of today.
CREATE OR REPLACE FUNCTION remember_label_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW."labelId" <> OLD."labelId" THEN
    IF label_now(NEW."labelId") IS NULL AND EXISTS (SELECT 1 FROM "Category" WHERE id = NEW."labelId") THEN
      RAISE EXCEPTION 'The category is none any more'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'FinalLabel_label_of_today';
    END IF;
    NEW."labelId" := coalesce(label_now(NEW."labelId"), NEW."labelId");
  END IF;
  IF NEW."secondLabelId" IS NOT NULL
    AND (TG_OP = 'INSERT' OR NEW."secondLabelId" IS DISTINCT FROM OLD."secondLabelId" OR NEW."labelId" <> OLD."labelId")
    AND EXISTS (SELECT 1 FROM "Category" WHERE id = NEW."secondLabelId") THEN
    NEW."secondLabelId" := nullif(label_now(NEW."secondLabelId"), NEW."labelId");
  END IF;
  -- The same label, or the same by its name of today: it was given when it was given.
  IF TG_OP = 'UPDATE' AND NEW.source = OLD.source AND NEW.at = OLD.at
    AND (NEW."labelId" = OLD."labelId" OR NEW."labelId" = label_now(OLD."labelId")) THEN
    NEW."definitionId" := OLD."definitionId";
    RETURN NEW;
  END IF;
  NEW."definitionId" := NULL;
  IF NEW.source IN ('review', 'agreement') THEN
    SELECT v."definitionId" INTO NEW."definitionId" FROM "Review" v
    WHERE v."caseId" = NEW."caseId" AND label_now(v."labelId") = NEW."labelId"
      AND v.purpose IN ('ordinary', 'second_opinion')
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
    ORDER BY v."createdAt", v.id LIMIT 1;
  END IF;
  NEW."definitionId" := coalesce(NEW."definitionId",
    definition_of(NEW."labelId", version_in_force(NEW."projectId")));
  RETURN NEW;
END $$;

-- A frozen version keeps the names its categories had: what it sends to the model never changes.
CREATE FUNCTION keep_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.number IS NULL AND NEW.number IS NOT NULL THEN
    UPDATE "VersionCategory" w SET name = c.name
    FROM "Category" c WHERE w."versionId" = NEW.id AND c.id = w."categoryId";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_keeps_names BEFORE UPDATE OF number ON "Version"
  FOR EACH ROW EXECUTE FUNCTION keep_names();
ALTER TABLE "VersionCategory" DISABLE TRIGGER USER;
UPDATE "VersionCategory" w SET name = c.name
FROM "Category" c, "Version" v
WHERE c.id = w."categoryId" AND v.id = w."versionId" AND v.number IS NOT NULL;
ALTER TABLE "VersionCategory" ENABLE TRIGGER USER;
