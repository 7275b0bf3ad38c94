-- AlterTable
ALTER TABLE "Review" ADD COLUMN     "definitionId" UUID;

-- AlterTable
ALTER TABLE "FinalLabel" ADD COLUMN     "definitionId" UUID;

-- CreateTable
CREATE TABLE "CategoryDefinition" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "projectId" UUID NOT NULL,
    "categoryId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "byId" UUID,

    CONSTRAINT "CategoryDefinition_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CategoryDefinition_projectId_idx" ON "CategoryDefinition"("projectId");

-- A wording is kept once. (md5: a description is longer than an entry of an index may be.)
CREATE UNIQUE INDEX "CategoryDefinition_once" ON "CategoryDefinition" ("categoryId", name, md5(description));
ALTER TABLE "CategoryDefinition"
  ADD CONSTRAINT "CategoryDefinition_category" FOREIGN KEY ("categoryId", "projectId") REFERENCES "Category" (id, "projectId")
    ON DELETE CASCADE;
CREATE TRIGGER category_definition_append_only BEFORE UPDATE ON "CategoryDefinition"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The wording of a category that people see: the description is that of the version, where it has one,
-- else the project's. Written down where nobody has seen it yet. Of the actor it knows what the
-- transaction says (`closecall.actor`).
CREATE FUNCTION definition_of(category uuid, version uuid) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  words record;
  known uuid;
BEGIN
  SELECT c."projectId", c.name, coalesce(nullif(w.description, ''), c.description) AS description INTO words
  FROM "Category" c
  LEFT JOIN "VersionCategory" w ON w."versionId" = version AND w."categoryId" = c.id
  WHERE c.id = category;
  IF NOT FOUND THEN RETURN NULL; END IF;
  LOOP
    SELECT d.id INTO known FROM "CategoryDefinition" d
    WHERE d."categoryId" = category AND d.name = words.name
      AND md5(d.description) = md5(words.description);
    IF FOUND THEN RETURN known; END IF;
    INSERT INTO "CategoryDefinition" ("projectId", "categoryId", name, description, "byId")
    VALUES (words."projectId", category, words.name, words.description,
      nullif(current_setting('closecall.actor', true), '')::uuid)
    ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

CREATE FUNCTION version_in_force(project uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT s."versionId" FROM "Release" l JOIN "Setup" s ON s.id = l."setupId"
  WHERE l."projectId" = project AND l."endedAt" IS NULL
$$;

-- At the end of the transaction: a name that only steps aside for another is no wording.
CREATE FUNCTION keep_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "Category" WHERE id = NEW.id AND "archivedAt" IS NULL) THEN
    PERFORM definition_of(NEW.id, NULL);
    PERFORM definition_of(NEW.id, version_in_force(NEW."projectId"));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER category_worded AFTER INSERT OR UPDATE ON "Category"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_definition();

CREATE FUNCTION remember_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."definitionId" := CASE WHEN NEW."labelId" IS NOT NULL THEN
    definition_of(NEW."labelId", coalesce(NEW."versionId", version_in_force(NEW."projectId")))
  END;
  RETURN NEW;
END $$;
CREATE TRIGGER review_definition BEFORE INSERT ON "Review"
  FOR EACH ROW EXECUTE FUNCTION remember_definition();

-- A label that reviews give has the wording of the first of them: an older one is never hidden by a newer.
CREATE FUNCTION remember_label_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."labelId" = OLD."labelId" AND NEW.source = OLD.source AND NEW.at = OLD.at THEN
    NEW."definitionId" := OLD."definitionId";
    RETURN NEW;
  END IF;
  NEW."definitionId" := NULL;
  IF NEW.source IN ('review', 'agreement') THEN
    SELECT v."definitionId" INTO NEW."definitionId" FROM "Review" v
    WHERE v."caseId" = NEW."caseId" AND v."labelId" = NEW."labelId"
      AND v.purpose IN ('ordinary', 'second_opinion')
      AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
    ORDER BY v."createdAt", v.id LIMIT 1;
  END IF;
  NEW."definitionId" := coalesce(NEW."definitionId",
    definition_of(NEW."labelId", version_in_force(NEW."projectId")));
  RETURN NEW;
END $$;
CREATE TRIGGER final_label_remembers_definition BEFORE INSERT OR UPDATE ON "FinalLabel"
  FOR EACH ROW EXECUTE FUNCTION remember_label_definition();

-- What there is: answers have the words of the version they were given under; of names only today's are known.
SELECT definition_of(id, NULL), definition_of(id, version_in_force("projectId")) FROM "Category"
WHERE "archivedAt" IS NULL;
ALTER TABLE "Review" DISABLE TRIGGER USER;
UPDATE "Review"
SET "definitionId" = definition_of("labelId", coalesce("versionId", version_in_force("projectId")))
WHERE "labelId" IS NOT NULL;
ALTER TABLE "Review" ENABLE TRIGGER USER;
ALTER TABLE "FinalLabel" DISABLE TRIGGER USER;
UPDATE "FinalLabel" f
SET "definitionId" = coalesce((
  SELECT v."definitionId" FROM "Review" v
  WHERE f.source IN ('review', 'agreement') AND v."caseId" = f."caseId" AND v."labelId" = f."labelId"
    AND v.purpose IN ('ordinary', 'second_opinion')
    AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
  ORDER BY v."createdAt", v.id LIMIT 1
), definition_of(f."labelId", version_in_force(f."projectId")));
ALTER TABLE "FinalLabel" ENABLE TRIGGER USER;

-- First answers supersede nothing: kept out of these indexes, they are never looked for there, which a
-- plan made while there are few answers would do.
DROP INDEX "Review_supersedesId_key";
CREATE UNIQUE INDEX "Review_supersedesId_key" ON "Review" ("supersedesId") WHERE "supersedesId" IS NOT NULL;
DROP INDEX "Review_supersedesId_assignmentId_reviewerId_key";
CREATE UNIQUE INDEX "Review_supersedesId_assignmentId_reviewerId_key"
  ON "Review" ("supersedesId", "assignmentId", "reviewerId") WHERE "supersedesId" IS NOT NULL;
