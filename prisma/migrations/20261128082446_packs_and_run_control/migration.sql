-- CreateEnum
CREATE TYPE "CallKind" AS ENUM ('ask', 'mend');

-- CreateEnum
CREATE TYPE "CallReading" AS ENUM ('parsed', 'repaired', 'off_list', 'missing', 'absent', 'duplicate', 'refused', 'cut_off', 'failed');

-- AlterEnum
ALTER TYPE "RunStatus" ADD VALUE 'paused';

-- AlterEnum
ALTER TYPE "SuggestionStatus" ADD VALUE 'absent';

-- DropIndex
DROP INDEX "Setup_versionId_packSize_similarExamples_mode_key";

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "cacheReadTokens" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "cacheWriteTokens" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "callLimit" INTEGER,
ADD COLUMN     "costLimit" BIGINT,
ADD COLUMN     "doubtful" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "mostInFlight" INTEGER,
ADD COLUMN     "seriesId" UUID,
ADD COLUMN     "standing" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "targetPerHour" INTEGER;

-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "kind" "CallKind" NOT NULL DEFAULT 'ask';

-- AlterTable
ALTER TABLE "CallCase" ADD COLUMN     "reading" "CallReading";

-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "packSize" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Setup" ADD COLUMN     "variant" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE UNIQUE INDEX "Setup_versionId_packSize_similarExamples_mode_variant_key" ON "Setup"("versionId", "packSize", "similarExamples", "mode", "variant");

ALTER TABLE "Version" ADD CONSTRAINT "Version_pack_size" CHECK ("packSize" IN (1, 5, 10, 20));

-- It decides what the model is sent, so a frozen version keeps it too.
CREATE OR REPLACE FUNCTION keep_frozen_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.number IS NOT NULL AND (
    TG_OP = 'DELETE' OR NEW.number IS DISTINCT FROM OLD.number OR NEW.persona <> OLD.persona
    OR NEW.rules <> OLD.rules OR NEW."answerFormat" <> OLD."answerFormat"
    OR NEW."badExampleForm" <> OLD."badExampleForm" OR NEW.model <> OLD.model
    OR NEW.template <> OLD.template OR NEW."similarExamples" <> OLD."similarExamples"
    OR NEW."packSize" <> OLD."packSize"
  ) THEN
    RAISE EXCEPTION 'Version % is frozen', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
