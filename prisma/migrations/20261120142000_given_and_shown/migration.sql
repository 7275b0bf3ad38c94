-- Set aside for one person: what was given to them is taken handout by handout.
DROP INDEX "Assignment_for_person";
CREATE INDEX "Assignment_for_person" ON "Assignment" ("forUserId", "projectId", "handoutId", place, id)
  WHERE status = 'open' AND "forUserId" IS NOT NULL;

-- What would be shown of these follows each release.
CREATE INDEX "Assignment_to_show" ON "Assignment" ("projectId", id)
  WHERE status = 'open' AND mode = 'shown' AND "leaseUntil" IS NULL;
