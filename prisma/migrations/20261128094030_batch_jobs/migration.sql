-- CreateEnum
CREATE TYPE "BatchStage" AS ENUM ('jobs', 'rest', 'too_few');

-- CreateEnum
CREATE TYPE "BatchStatus" AS ENUM ('waiting', 'submitted', 'validating', 'scheduled', 'in_progress', 'completed', 'partially_completed', 'failed', 'stopping', 'stopped', 'expired');

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "batchStage" "BatchStage",
ADD COLUMN     "restCases" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "batch" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "BatchJob" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "part" INTEGER NOT NULL,
    "status" "BatchStatus" NOT NULL DEFAULT 'waiting',
    "message" TEXT,
    "jobArn" TEXT,
    "inputUri" TEXT NOT NULL,
    "outputUri" TEXT NOT NULL,
    "roleArn" TEXT NOT NULL,
    "firstRecord" INTEGER NOT NULL,
    "records" INTEGER NOT NULL,
    "cases" INTEGER NOT NULL,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uploadedAt" TIMESTAMPTZ(3),
    "submittedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "fetchedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BatchJob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BatchRecord" (
    "runId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "callId" UUID NOT NULL,
    "caseIds" UUID[],
    "similarIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "similarLabelIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "cutPlaces" INTEGER[] DEFAULT ARRAY[]::INTEGER[],

    CONSTRAINT "BatchRecord_pkey" PRIMARY KEY ("runId","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "BatchJob_runId_part_key" ON "BatchJob"("runId", "part");

-- AddForeignKey
ALTER TABLE "BatchJob" ADD CONSTRAINT "BatchJob_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BatchRecord" ADD CONSTRAINT "BatchRecord_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
