-- Scores there are belong to the kind of model that answered their run.
ALTER TABLE "TestScore" ADD COLUMN "repeatRunId" UUID, ADD COLUMN "standIn" BOOLEAN;
UPDATE "TestScore" s SET "standIn" = r."standIn" FROM "Run" r WHERE r.id = s."runId";
ALTER TABLE "TestScore" ALTER COLUMN "standIn" SET NOT NULL,
DROP CONSTRAINT "TestScore_pkey",
ADD CONSTRAINT "TestScore_pkey" PRIMARY KEY ("setupId", "standIn");

-- CreateTable
CREATE TABLE "GateRule" (
    "projectId" UUID NOT NULL,
    "minGain" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "maxCategoryLoss" DOUBLE PRECISION NOT NULL DEFAULT 10,
    "minCases" INTEGER NOT NULL DEFAULT 50,
    "twoRuns" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "GateRule_pkey" PRIMARY KEY ("projectId")
);

-- AddForeignKey
ALTER TABLE "GateRule" ADD CONSTRAINT "GateRule_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
