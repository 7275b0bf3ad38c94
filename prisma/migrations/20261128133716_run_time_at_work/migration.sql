-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "workedMs" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "workingSince" TIMESTAMPTZ(3);

-- Of runs from before, the time from their start to their end, or to their latest call.
UPDATE "Run" r SET
  "workingSince" = CASE WHEN status IN ('running', 'stopping') THEN "startedAt" END,
  "workedMs" = CASE WHEN status IN ('running', 'stopping') THEN 0 ELSE greatest(0, coalesce(floor(1000 * extract(epoch FROM
    coalesce("finishedAt", (SELECT max(at) FROM "Call" c WHERE c."runId" = r.id)) - "startedAt")), 0)) END
WHERE "startedAt" IS NOT NULL;

-- A run is paused, ended and let go on in many places: what counts as its time at work is settled in one.
CREATE FUNCTION keep_time_at_work() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  works boolean := NEW.status IN ('running', 'stopping');
  worked boolean := TG_OP = 'UPDATE' AND OLD.status IN ('running', 'stopping');
BEGIN
  IF works AND NOT worked THEN
    NEW."workingSince" := clock_timestamp();
  ELSIF worked AND NOT works THEN
    NEW."workedMs" := OLD."workedMs" + greatest(0, coalesce(
      floor(1000 * extract(epoch FROM clock_timestamp() - OLD."workingSince")), 0));
    NEW."workingSince" := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_time_at_work BEFORE INSERT OR UPDATE OF status ON "Run"
  FOR EACH ROW EXECUTE FUNCTION keep_time_at_work();
