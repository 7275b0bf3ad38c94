-- The queue: one short index per way of waiting, so that a claim touches only what it takes.

-- Free for anyone: never held, and with something to show. What is claimed leaves this index for good.
CREATE INDEX "Assignment_free" ON "Assignment" ("projectId", lane, place, id)
  WHERE status = 'open' AND "leaseUntil" IS NULL AND "forUserId" IS NULL
    AND (mode = 'blind' OR "suggestionId" IS NOT NULL);
-- Held, or come back: everything whose lease has ended is at the front.
CREATE INDEX "Assignment_returned" ON "Assignment" ("projectId", "leaseUntil", id)
  WHERE status = 'open' AND "leaseUntil" IS NOT NULL AND "forUserId" IS NULL;
-- Set aside for one person.
CREATE INDEX "Assignment_for_person" ON "Assignment" ("forUserId", "projectId", place, id)
  WHERE status = 'open' AND "forUserId" IS NOT NULL;

-- The front of the queue is where rows come and go: dead entries are cleared away before they add up.
ALTER TABLE "Assignment" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
ALTER TABLE "QueueCursor" SET
  (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
ALTER TABLE "ReviewCountDelta" SET
  (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- A check case, and a repeat, is asked of a person once.
CREATE UNIQUE INDEX "Assignment_personal_once" ON "Assignment" ("caseId", "forUserId", purpose)
  WHERE status <> 'withdrawn' AND purpose IN ('check_case', 'repeat');
CREATE UNIQUE INDEX "Review_one_repeat_per_case_and_person" ON "Review" ("caseId", "reviewerId")
  WHERE "supersedesId" IS NULL AND purpose = 'repeat';

-- No more reviews than wanted: as many ordinary ones as the project wants, and two second opinions.
CREATE FUNCTION limit_reviews_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM added a JOIN "Project" p ON p.id = a."projectId"
    WHERE a.purpose = 'ordinary' AND a.slot > p."reviewsWanted"
      AND NOT EXISTS (
        SELECT 1 FROM "Assignment" former
        WHERE former."caseId" = a."caseId" AND former.slot = a.slot AND former.id <> a.id
      )
  ) OR EXISTS (
    SELECT 1 FROM added a
    WHERE a.purpose = 'second_opinion' AND (
      SELECT count(*) FROM "Assignment" b
      WHERE b."caseId" = a."caseId" AND b.purpose = 'second_opinion' AND b.status <> 'withdrawn'
    ) > 2
  ) THEN
    RAISE EXCEPTION 'No more reviews than wanted'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'Assignment_as_wanted';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER assignment_as_wanted AFTER INSERT ON "Assignment"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION limit_reviews_wanted();

-- What would be shown of a case that nobody has held follows the set-up in force.
CREATE FUNCTION show_suggestions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Assignment" a SET "suggestionId" = s.id
  FROM added s
  JOIN "Run" r ON r.id = s."runId"
  JOIN "Release" l ON l."setupId" = r."setupId" AND l."endedAt" IS NULL
  WHERE a."caseId" = s."caseId" AND a.status = 'open' AND a.mode = 'shown'
    AND a."leaseUntil" IS NULL AND s.status <> 'failed';
  RETURN NULL;
END $$;
-- After suggestion_counted, which locks the cases: the order of triggers is that of their names.
CREATE TRIGGER suggestion_shown AFTER INSERT ON "Suggestion"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION show_suggestions();

UPDATE "Assignment" a SET "suggestionId" = s.id
FROM "Suggestion" s
JOIN "Run" r ON r.id = s."runId"
JOIN "Release" l ON l."setupId" = r."setupId" AND l."endedAt" IS NULL
WHERE a."caseId" = s."caseId" AND a.status = 'open' AND a.mode = 'shown'
  AND a."leaseUntil" IS NULL AND s.status <> 'failed';

-- Progress: counts of the reviews wanted, as deltas.
CREATE FUNCTION review_state(
  status "AssignmentStatus", purpose "Purpose", mode "Mode", suggestion uuid
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN purpose NOT IN ('ordinary', 'second_opinion') OR status = 'withdrawn' THEN NULL
    WHEN status = 'answered' THEN 'answered'
    WHEN mode = 'blind' OR suggestion IS NOT NULL THEN 'ready'
    ELSE 'waiting'
  END
$$;
CREATE FUNCTION count_new_reviews_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ReviewCountDelta" ("projectId", state, n)
  SELECT "projectId", review_state(status, purpose, mode, "suggestionId") AS state, count(*)
  FROM added WHERE review_state(status, purpose, mode, "suggestionId") IS NOT NULL
  GROUP BY 1, 2;
  RETURN NULL;
END $$;
CREATE TRIGGER assignment_counted AFTER INSERT ON "Assignment"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_new_reviews_wanted();

CREATE FUNCTION count_changed_reviews_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ReviewCountDelta" ("projectId", state, n)
  SELECT "projectId", state, sum(n) FROM (
    SELECT "projectId", review_state(status, purpose, mode, "suggestionId") AS state, -1 AS n FROM before
    UNION ALL
    SELECT "projectId", review_state(status, purpose, mode, "suggestionId"), 1 FROM after
  ) AS change
  WHERE state IS NOT NULL
  GROUP BY 1, 2 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER assignment_recounted AFTER UPDATE ON "Assignment"
  REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_reviews_wanted();

INSERT INTO "ReviewCount" ("projectId", state, n)
SELECT "projectId", review_state(status, purpose, mode, "suggestionId"), count(*)
FROM "Assignment" WHERE review_state(status, purpose, mode, "suggestionId") IS NOT NULL
GROUP BY 1, 2;

-- Labels and people exist.
ALTER TABLE "Handout"
  ADD CONSTRAINT "Handout_predicted" FOREIGN KEY ("predictedId", "projectId") REFERENCES "Category" (id, "projectId"),
  ADD CONSTRAINT "Handout_user" FOREIGN KEY ("userId") REFERENCES "User" (id);
ALTER TABLE "BulkConfirm"
  ADD CONSTRAINT "BulkConfirm_label" FOREIGN KEY ("labelId", "projectId") REFERENCES "Category" (id, "projectId"),
  ADD CONSTRAINT "BulkConfirm_by" FOREIGN KEY ("byId") REFERENCES "User" (id);
ALTER TABLE "Assignment"
  ADD CONSTRAINT "Assignment_aimed_at" FOREIGN KEY ("aimedAtId", "projectId") REFERENCES "Category" (id, "projectId");
CREATE TRIGGER bulk_confirm_append_only BEFORE UPDATE OR DELETE ON "BulkConfirm"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A check case comes from an open pool.
CREATE FUNCTION keep_check_cases_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Case" WHERE id = NEW."caseId" AND "projectId" = NEW."projectId" AND pool IN ('example', 'dev')
  ) THEN
    RAISE EXCEPTION 'Check cases come from the example and the dev pool'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'CheckCase_from_open_pool';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_case_from_open_pool BEFORE INSERT OR UPDATE ON "CheckCase"
  FOR EACH ROW EXECUTE FUNCTION keep_check_cases_open();

-- People who have reviewed already need no training when it is asked for later.
UPDATE "Membership" m SET "trainedAt" = now()
WHERE EXISTS (SELECT 1 FROM "Review" v WHERE v."reviewerId" = m."userId" AND v."projectId" = m."projectId");

-- What waits for someone to settle it since before there was a list of it.
INSERT INTO "Dispute" ("caseId", "projectId", kind)
SELECT v."caseId", v."projectId",
  (CASE WHEN count(v."labelId") = 0 THEN 'unsure' ELSE 'labels' END)::"DisputeKind"
FROM "Review" v
JOIN "Case" c ON c.id = v."caseId" AND c."archivedAt" IS NULL
WHERE NOT v.undone AND v.purpose IN ('ordinary', 'second_opinion')
  AND NOT EXISTS (SELECT 1 FROM "Review" newer WHERE newer."supersedesId" = v.id)
  AND NOT EXISTS (SELECT 1 FROM "FinalLabel" f WHERE f."caseId" = v."caseId")
  AND NOT EXISTS (SELECT 1 FROM "Assignment" a WHERE a."caseId" = v."caseId" AND a.status = 'open')
GROUP BY 1, 2;
