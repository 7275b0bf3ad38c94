-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "price" JSONB;

-- Runs from before keep the price they were made under, with what was then the share of cached tokens and
-- of batch jobs; of which day it was is not known. Nought stood for a price that was not known.
UPDATE "Run" SET price = jsonb_build_object(
  'input', "priceIn", 'output', "priceOut",
  'cacheWrite', round("priceIn" * 1.25), 'cacheRead', round("priceIn" * 0.1),
  'batchShare', 0.5, 'date', NULL, 'own', false, 'mending', NULL
) WHERE "priceIn" > 0 OR "priceOut" > 0;

DROP INDEX "Run_standing_key";

-- AlterTable
ALTER TABLE "Run" DROP COLUMN "priceIn",
DROP COLUMN "priceOut";

-- As before: what is asked in the same way, at the same price, is one run.
CREATE UNIQUE INDEX "Run_standing_key" ON "Run" (
  "setupId", pool, "standIn", "contentHash", md5(COALESCE(price::text, '')), md5(redaction::text)
) WHERE standing;

-- AlterTable
ALTER TABLE "AsideCall" ALTER COLUMN "cost" DROP NOT NULL,
ALTER COLUMN "cost" DROP DEFAULT;

-- CreateTable
CREATE TABLE "ModelPrice" (
    "projectId" UUID NOT NULL,
    "modelId" TEXT NOT NULL,
    "input" BIGINT NOT NULL,
    "output" BIGINT NOT NULL,
    "cacheWrite" BIGINT NOT NULL,
    "cacheRead" BIGINT NOT NULL,
    "batchPercent" INTEGER NOT NULL DEFAULT 50,
    "setById" UUID,
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ModelPrice_pkey" PRIMARY KEY ("projectId","modelId")
);

-- AddForeignKey
ALTER TABLE "ModelPrice" ADD CONSTRAINT "ModelPrice_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
