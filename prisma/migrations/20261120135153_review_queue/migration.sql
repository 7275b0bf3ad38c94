-- CreateEnum
CREATE TYPE "Lane" AS ENUM ('random', 'targeted', 'second_opinion', 'escalated');

-- CreateEnum
CREATE TYPE "DisputeKind" AS ENUM ('labels', 'unsure', 'skipped');

-- AlterTable
ALTER TABLE "Assignment" DROP COLUMN "priority",
ADD COLUMN     "aimedAtId" UUID,
ADD COLUMN     "bulkId" UUID,
ADD COLUMN     "handoutId" UUID,
ADD COLUMN     "lane" "Lane" NOT NULL DEFAULT 'random',
ADD COLUMN     "place" DOUBLE PRECISION,
ADD COLUMN     "risk" DOUBLE PRECISION;
UPDATE "Assignment" SET place = rank,
  lane = (CASE purpose WHEN 'second_opinion' THEN 'second_opinion' ELSE 'random' END)::"Lane";
ALTER TABLE "Assignment" ALTER COLUMN "place" SET NOT NULL, ALTER COLUMN "place" SET DEFAULT 0;

-- AlterTable
ALTER TABLE "Review" ADD COLUMN     "bulkId" UUID;

-- AlterTable
ALTER TABLE "FinalLabel" ADD COLUMN     "among" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "bulk" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "trainedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ReviewSettings" (
    "projectId" UUID NOT NULL,
    "randomShare" INTEGER NOT NULL DEFAULT 33,
    "targetedShare" INTEGER NOT NULL DEFAULT 50,
    "secondShare" INTEGER NOT NULL DEFAULT 9,
    "checkShare" INTEGER NOT NULL DEFAULT 5,
    "repeatShare" INTEGER NOT NULL DEFAULT 3,
    "pairCap" INTEGER NOT NULL DEFAULT 20,
    "checkFeedback" BOOLEAN NOT NULL DEFAULT true,
    "trainingCases" INTEGER NOT NULL DEFAULT 0,
    "trainingPass" INTEGER NOT NULL DEFAULT 80,
    "repeatAfterDays" INTEGER NOT NULL DEFAULT 14,

    CONSTRAINT "ReviewSettings_pkey" PRIMARY KEY ("projectId")
);

-- CreateTable
CREATE TABLE "QueueCursor" (
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "lane" TEXT NOT NULL,
    "place" DOUBLE PRECISION NOT NULL,
    "id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QueueCursor_pkey" PRIMARY KEY ("projectId","userId","lane")
);

-- CreateTable
CREATE TABLE "ReviewCount" (
    "projectId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "ReviewCount_pkey" PRIMARY KEY ("projectId","state")
);

-- CreateTable
CREATE TABLE "ReviewCountDelta" (
    "id" BIGSERIAL NOT NULL,
    "projectId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "ReviewCountDelta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Handout" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "pool" "Pool" NOT NULL,
    "predictedId" UUID,
    "cases" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "dueOn" DATE,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Handout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckCase" (
    "caseId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "addedById" UUID,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CheckCase_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Dispute" (
    "caseId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "kind" "DisputeKind" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dispute_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "BulkConfirm" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "setupId" UUID NOT NULL,
    "labelId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "sampled" INTEGER NOT NULL,
    "blind" INTEGER NOT NULL,
    "right" INTEGER NOT NULL,
    "lowerBound" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BulkConfirm_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReviewCountDelta_projectId_idx" ON "ReviewCountDelta"("projectId");

-- CreateIndex
CREATE INDEX "Handout_projectId_userId_idx" ON "Handout"("projectId", "userId");

-- CreateIndex
CREATE INDEX "CheckCase_projectId_idx" ON "CheckCase"("projectId");

-- CreateIndex
CREATE INDEX "Dispute_projectId_since_idx" ON "Dispute"("projectId", "since");

-- CreateIndex
CREATE INDEX "BulkConfirm_projectId_at_idx" ON "BulkConfirm"("projectId", "at");

-- CreateIndex
CREATE INDEX "Assignment_handoutId_idx" ON "Assignment"("handoutId");

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_handoutId_fkey" FOREIGN KEY ("handoutId") REFERENCES "Handout"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_bulkId_fkey" FOREIGN KEY ("bulkId") REFERENCES "BulkConfirm"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReviewSettings" ADD CONSTRAINT "ReviewSettings_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handout" ADD CONSTRAINT "Handout_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckCase" ADD CONSTRAINT "CheckCase_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dispute" ADD CONSTRAINT "Dispute_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_bulkId_fkey" FOREIGN KEY ("bulkId") REFERENCES "BulkConfirm"("id") ON DELETE SET NULL ON UPDATE CASCADE;
