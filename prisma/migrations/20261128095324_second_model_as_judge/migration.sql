-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('right', 'wrong', 'unsure');

-- CreateEnum
CREATE TYPE "JudgementStatus" AS ENUM ('parsed', 'repaired', 'missing', 'refused', 'cut_off', 'failed');

-- AlterEnum
ALTER TYPE "RunPurpose" ADD VALUE 'judge';

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "judgedRunId" UUID;

-- CreateTable
CREATE TABLE "Judgement" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "suggestionId" UUID NOT NULL,
    "callId" UUID,
    "status" "JudgementStatus" NOT NULL,
    "verdict" "Verdict",
    "labelId" UUID,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Judgement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Judgement_caseId_idx" ON "Judgement"("caseId");

-- CreateIndex
CREATE INDEX "Judgement_suggestionId_idx" ON "Judgement"("suggestionId");

-- CreateIndex
CREATE UNIQUE INDEX "Judgement_runId_caseId_key" ON "Judgement"("runId", "caseId");

-- CreateIndex
CREATE INDEX "Run_judgedRunId_idx" ON "Run"("judgedRunId");

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_judgedRunId_fkey" FOREIGN KEY ("judgedRunId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_suggestionId_fkey" FOREIGN KEY ("suggestionId") REFERENCES "Suggestion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_callId_fkey" FOREIGN KEY ("callId") REFERENCES "Call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "Judgement"
  ADD CONSTRAINT "Judgement_label" FOREIGN KEY ("labelId") REFERENCES "Category" (id);

CREATE TRIGGER judgement_append_only BEFORE UPDATE OR DELETE ON "Judgement"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A new word of an enum is no value yet in the transaction that adds it, so it is compared as text.
ALTER TABLE "Run"
  DROP CONSTRAINT "Run_leaves_out_on_dev",
  ADD CONSTRAINT "Run_leaves_out_on_dev" CHECK (purpose <> 'leave_out' OR pool = 'dev'),
  ADD CONSTRAINT "Run_judges_a_run" CHECK ((purpose::text = 'judge') = ("judgedRunId" IS NOT NULL)),
  ADD CONSTRAINT "Run_judges_open_pools" CHECK (purpose::text <> 'judge' OR pool <> 'test');

-- A judgement is of a suggestion of the run that is judged, about the same case.
CREATE FUNCTION check_judgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Run" r
    JOIN "Suggestion" s ON s."runId" = r."judgedRunId"
    WHERE r.id = NEW."runId" AND s.id = NEW."suggestionId" AND s."caseId" = NEW."caseId"
  ) THEN
    RAISE EXCEPTION 'a judgement is of a suggestion of the judged run'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER judgement_of_judged_run BEFORE INSERT ON "Judgement"
  FOR EACH ROW EXECUTE FUNCTION check_judgement();

-- A judge suggests nothing.
CREATE FUNCTION refuse_suggestions_of_judges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM added s JOIN "Run" r ON r.id = s."runId" AND r.purpose = 'judge'
  ) THEN
    RAISE EXCEPTION 'a judge makes no suggestions' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER suggestion_of_no_judge AFTER INSERT ON "Suggestion"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_suggestions_of_judges();
