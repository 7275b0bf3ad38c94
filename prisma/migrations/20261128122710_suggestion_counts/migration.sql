-- CreateTable
CREATE TABLE "SuggestionCount" (
    "runId" UUID NOT NULL,
    "status" "SuggestionStatus" NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "SuggestionCount_pkey" PRIMARY KEY ("runId","status")
);

-- AddForeignKey
ALTER TABLE "SuggestionCount" ADD CONSTRAINT "SuggestionCount_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Backfilled, then kept by a trigger: a run that is followed is looked at twice a second.
INSERT INTO "SuggestionCount" ("runId", status, n)
SELECT "runId", status, count(*) FROM "Suggestion" GROUP BY 1, 2;

-- In the order of the statuses, so that two workers of a run don't wait for each other in a circle.
CREATE FUNCTION count_statuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "SuggestionCount" AS c ("runId", status, n)
  SELECT "runId", status, count(*) FROM added GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT ("runId", status) DO UPDATE SET n = c.n + excluded.n;
  RETURN NULL;
END $$;
-- The last of the triggers, by its name: its rows are shared by all workers of a run, and locked only from
-- here to the commit.
CREATE TRIGGER suggestion_status_counted AFTER INSERT ON "Suggestion"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_statuses();

-- What went wrong within packs is little, and asked for at each look at a run of packs.
CREATE INDEX "CallCase_wrong_in_pack" ON "CallCase" ("callId") WHERE reading IN ('absent', 'duplicate');
