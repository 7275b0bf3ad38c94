-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Pool" AS ENUM ('example', 'dev', 'test');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('uploading', 'ready', 'running', 'rejected', 'done', 'failed');

-- CreateEnum
CREATE TYPE "LabelUse" AS ENUM ('none', 'dev_and_test', 'all');

-- CreateEnum
CREATE TYPE "Selection" AS ENUM ('random', 'targeted', 'quota');

-- CreateEnum
CREATE TYPE "Mode" AS ENUM ('shown', 'blind');

-- CreateEnum
CREATE TYPE "Purpose" AS ENUM ('ordinary', 'second_opinion', 'check_case', 'repeat');

-- CreateEnum
CREATE TYPE "AssignmentStatus" AS ENUM ('open', 'answered', 'withdrawn');

-- CreateEnum
CREATE TYPE "Thumb" AS ENUM ('up', 'down');

-- CreateEnum
CREATE TYPE "LabelSource" AS ENUM ('imported', 'review', 'agreement', 'settled');

-- CreateEnum
CREATE TYPE "SkipReason" AS ENUM ('not_enough_information', 'not_my_language', 'not_my_product', 'sensitive', 'duplicate', 'other');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('queued', 'running', 'stopping', 'stopped', 'done', 'failed');

-- CreateEnum
CREATE TYPE "RunItemStatus" AS ENUM ('waiting', 'done', 'failed');

-- CreateEnum
CREATE TYPE "SuggestionStatus" AS ENUM ('parsed', 'repaired', 'off_list', 'missing', 'refused', 'cut_off', 'failed');

-- CreateEnum
CREATE TYPE "CallStatus" AS ENUM ('ok', 'failed');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('reviewer', 'prompt_engineer', 'manager');

-- CreateEnum
CREATE TYPE "ExampleKind" AS ENUM ('good', 'bad');

-- CreateEnum
CREATE TYPE "BadExampleForm" AS ENUM ('wrong_with_reason', 'corrected_with_rule');

-- CreateEnum
CREATE TYPE "SetupMode" AS ENUM ('on_demand', 'batch');

-- CreateTable
CREATE TABLE "Tally" (
    "runId" UUID NOT NULL,
    "pool" "Pool" NOT NULL,
    "selection" "Selection",
    "mode" "Mode",
    "predictedId" UUID,
    "finalId" UUID,
    "secondId" UUID,
    "source" "LabelSource",
    "counts" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "Tally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TallyDelta" (
    "id" BIGSERIAL NOT NULL,
    "runId" UUID NOT NULL,
    "pool" "Pool" NOT NULL,
    "selection" "Selection",
    "mode" "Mode",
    "predictedId" UUID,
    "finalId" UUID,
    "secondId" UUID,
    "source" "LabelSource",
    "counts" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "TallyDelta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "subject" TEXT NOT NULL,
    "messages" JSONB NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "link" TEXT,
    "occurredAt" TIMESTAMPTZ(3),
    "textHash" BYTEA NOT NULL,
    "characters" INTEGER NOT NULL,
    "clusterId" UUID,
    "pool" "Pool",
    "quarantinedAt" TIMESTAMPTZ(3),
    "rank" DOUBLE PRECISION NOT NULL,
    "importId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cluster" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "pool" "Pool" NOT NULL,

    CONSTRAINT "Cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseBand" (
    "projectId" UUID NOT NULL,
    "hash" BIGINT NOT NULL,
    "caseId" UUID NOT NULL,

    CONSTRAINT "CaseBand_pkey" PRIMARY KEY ("projectId","hash","caseId")
);

-- CreateTable
CREATE TABLE "PendingLabel" (
    "caseId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "categoryId" UUID NOT NULL,
    "secondCategoryId" UUID,
    "use" "LabelUse" NOT NULL,

    CONSTRAINT "PendingLabel_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Import" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "createdById" UUID,
    "fileName" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "status" "ImportStatus" NOT NULL DEFAULT 'uploading',
    "mapping" JSONB,
    "labelUse" "LabelUse" NOT NULL DEFAULT 'dev_and_test',
    "importGoodRows" BOOLEAN NOT NULL DEFAULT false,
    "bytesRead" BIGINT NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "revised" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "bad" INTEGER NOT NULL DEFAULT 0,
    "pooled" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "pooledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportChunk" (
    "importId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "ImportChunk_pkey" PRIMARY KEY ("importId","position")
);

-- CreateTable
CREATE TABLE "ImportProblem" (
    "importId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,

    CONSTRAINT "ImportProblem_pkey" PRIMARY KEY ("importId","position")
);

-- CreateTable
CREATE TABLE "CaseSight" (
    "caseId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CaseSight_pkey" PRIMARY KEY ("caseId","userId")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "categoryWord" TEXT NOT NULL DEFAULT 'category',
    "targetAccuracy" DOUBLE PRECISION NOT NULL DEFAULT 0.9,
    "targetPerCategory" INTEGER NOT NULL DEFAULT 3000,
    "reviewsWanted" INTEGER NOT NULL DEFAULT 1,
    "exampleShare" INTEGER NOT NULL DEFAULT 60,
    "devShare" INTEGER NOT NULL DEFAULT 20,
    "minCategoryCases" INTEGER NOT NULL DEFAULT 20,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" UUID,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Category" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "slot" INTEGER NOT NULL,
    "selection" "Selection" NOT NULL DEFAULT 'random',
    "mode" "Mode" NOT NULL,
    "purpose" "Purpose" NOT NULL DEFAULT 'ordinary',
    "frame" TEXT NOT NULL,
    "rank" DOUBLE PRECISION NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "status" "AssignmentStatus" NOT NULL DEFAULT 'open',
    "forUserId" UUID,
    "holderId" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "claimedAt" TIMESTAMPTZ(3),
    "suggestionId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssignmentSkip" (
    "id" UUID NOT NULL,
    "assignmentId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "reason" "SkipReason" NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AssignmentSkip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "assignmentId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "purpose" "Purpose" NOT NULL,
    "reviewerId" UUID NOT NULL,
    "supersedesId" UUID,
    "undone" BOOLEAN NOT NULL DEFAULT false,
    "suggestionId" UUID,
    "versionId" UUID,
    "labelId" UUID,
    "thumb" "Thumb",
    "closeCall" BOOLEAN NOT NULL DEFAULT false,
    "secondLabelId" UUID,
    "wrongReason" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT NOT NULL DEFAULT '',
    "seconds" DOUBLE PRECISION,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FinalLabel" (
    "caseId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "labelId" UUID NOT NULL,
    "secondLabelId" UUID,
    "source" "LabelSource" NOT NULL,
    "selection" "Selection" NOT NULL DEFAULT 'random',
    "mode" "Mode" NOT NULL DEFAULT 'blind',
    "settledById" UUID,
    "precedent" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FinalLabel_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "CorrectionDecision" (
    "reviewId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CorrectionDecision_pkey" PRIMARY KEY ("reviewId")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "setupId" UUID NOT NULL,
    "pool" "Pool" NOT NULL,
    "caseLimit" INTEGER,
    "status" "RunStatus" NOT NULL DEFAULT 'queued',
    "message" TEXT,
    "content" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "standIn" BOOLEAN NOT NULL,
    "priceIn" BIGINT NOT NULL DEFAULT 0,
    "priceOut" BIGINT NOT NULL DEFAULT 0,
    "items" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "inputTokens" BIGINT NOT NULL DEFAULT 0,
    "outputTokens" BIGINT NOT NULL DEFAULT 0,
    "cost" BIGINT NOT NULL DEFAULT 0,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunItem" (
    "runId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "status" "RunItemStatus" NOT NULL DEFAULT 'waiting',
    "holder" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,

    CONSTRAINT "RunItem_pkey" PRIMARY KEY ("runId","caseId")
);

-- CreateTable
CREATE TABLE "Call" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "status" "CallStatus" NOT NULL,
    "request" JSONB NOT NULL,
    "requestHash" TEXT NOT NULL,
    "rawAnswer" TEXT,
    "stopReason" TEXT,
    "errorName" TEXT,
    "errorMessage" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "cacheReadTokens" INTEGER NOT NULL DEFAULT 0,
    "cacheWriteTokens" INTEGER NOT NULL DEFAULT 0,
    "latencyMs" INTEGER NOT NULL DEFAULT 0,
    "cost" BIGINT NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CallCase" (
    "callId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CallCase_pkey" PRIMARY KEY ("callId","caseId")
);

-- CreateTable
CREATE TABLE "Suggestion" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "callId" UUID,
    "status" "SuggestionStatus" NOT NULL,
    "labelId" UUID,
    "labelText" TEXT,
    "explanation" TEXT NOT NULL DEFAULT '',
    "evidence" TEXT NOT NULL DEFAULT '',
    "inputCut" BOOLEAN NOT NULL DEFAULT false,
    "counts" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "isDemo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("projectId","userId")
);

-- CreateTable
CREATE TABLE "SignInAttempt" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SignInAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountLink" (
    "tokenHash" TEXT NOT NULL,
    "userId" UUID,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccountLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "subjectId" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkerBeat" (
    "id" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkerBeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Version" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "number" INTEGER,
    "parentId" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "persona" TEXT NOT NULL,
    "rules" TEXT NOT NULL,
    "answerFormat" JSONB NOT NULL,
    "badExampleForm" "BadExampleForm" NOT NULL DEFAULT 'wrong_with_reason',
    "model" JSONB NOT NULL,
    "edit" INTEGER NOT NULL DEFAULT 0,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "frozenAt" TIMESTAMPTZ(3),
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VersionCategory" (
    "versionId" UUID NOT NULL,
    "categoryId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "description" TEXT NOT NULL,

    CONSTRAINT "VersionCategory_pkey" PRIMARY KEY ("versionId","categoryId")
);

-- CreateTable
CREATE TABLE "Example" (
    "id" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "kind" "ExampleKind" NOT NULL,
    "caseId" UUID NOT NULL,
    "reviewId" UUID,
    "text" TEXT NOT NULL,
    "labelId" UUID NOT NULL,
    "wrongLabelId" UUID,
    "explanation" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL,
    "flaggedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Example_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setup" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "packSize" INTEGER NOT NULL DEFAULT 1,
    "similarExamples" INTEGER NOT NULL DEFAULT 0,
    "mode" "SetupMode" NOT NULL DEFAULT 'on_demand',

    CONSTRAINT "Setup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Release" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "setupId" UUID NOT NULL,
    "releasedById" UUID,
    "reason" TEXT,
    "releasedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TestScore" (
    "setupId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "publishedExact" DOUBLE PRECISION NOT NULL,
    "publishedCountingCloseCalls" DOUBLE PRECISION NOT NULL,
    "verdict" JSONB NOT NULL,
    "baselineSetupId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TestScore_pkey" PRIMARY KEY ("setupId")
);

-- CreateIndex
CREATE INDEX "Tally_runId_idx" ON "Tally"("runId");

-- CreateIndex
CREATE INDEX "TallyDelta_runId_idx" ON "TallyDelta"("runId");

-- CreateIndex
CREATE INDEX "Case_projectId_textHash_idx" ON "Case"("projectId", "textHash");

-- CreateIndex
CREATE INDEX "Case_projectId_pool_rank_idx" ON "Case"("projectId", "pool", "rank");

-- CreateIndex
CREATE INDEX "Case_clusterId_idx" ON "Case"("clusterId");

-- CreateIndex
CREATE UNIQUE INDEX "Case_projectId_externalId_revision_key" ON "Case"("projectId", "externalId", "revision");

-- CreateIndex
CREATE INDEX "Cluster_projectId_idx" ON "Cluster"("projectId");

-- CreateIndex
CREATE INDEX "CaseBand_caseId_idx" ON "CaseBand"("caseId");

-- CreateIndex
CREATE INDEX "PendingLabel_projectId_idx" ON "PendingLabel"("projectId");

-- CreateIndex
CREATE INDEX "Import_projectId_createdAt_idx" ON "Import"("projectId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Project_slug_key" ON "Project"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Category_projectId_key_key" ON "Category"("projectId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Category_projectId_name_key" ON "Category"("projectId", "name");

-- CreateIndex
CREATE INDEX "Assignment_caseId_idx" ON "Assignment"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_id_caseId_purpose_key" ON "Assignment"("id", "caseId", "purpose");

-- CreateIndex
CREATE INDEX "AssignmentSkip_assignmentId_idx" ON "AssignmentSkip"("assignmentId");

-- CreateIndex
CREATE INDEX "AssignmentSkip_userId_at_idx" ON "AssignmentSkip"("userId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Review_supersedesId_key" ON "Review"("supersedesId");

-- CreateIndex
CREATE INDEX "Review_caseId_idx" ON "Review"("caseId");

-- CreateIndex
CREATE INDEX "Review_projectId_createdAt_idx" ON "Review"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "Review_reviewerId_createdAt_idx" ON "Review"("reviewerId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Review_id_assignmentId_reviewerId_key" ON "Review"("id", "assignmentId", "reviewerId");

-- CreateIndex
CREATE UNIQUE INDEX "Review_supersedesId_assignmentId_reviewerId_key" ON "Review"("supersedesId", "assignmentId", "reviewerId");

-- CreateIndex
CREATE INDEX "FinalLabel_projectId_labelId_idx" ON "FinalLabel"("projectId", "labelId");

-- CreateIndex
CREATE INDEX "Run_projectId_createdAt_idx" ON "Run"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "Run_setupId_idx" ON "Run"("setupId");

-- CreateIndex
CREATE INDEX "RunItem_runId_status_position_idx" ON "RunItem"("runId", "status", "position");

-- CreateIndex
CREATE INDEX "Call_runId_at_idx" ON "Call"("runId", "at");

-- CreateIndex
CREATE INDEX "CallCase_caseId_idx" ON "CallCase"("caseId");

-- CreateIndex
CREATE INDEX "Suggestion_caseId_idx" ON "Suggestion"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Suggestion_runId_caseId_key" ON "Suggestion"("runId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Membership_userId_idx" ON "Membership"("userId");

-- CreateIndex
CREATE INDEX "SignInAttempt_key_at_idx" ON "SignInAttempt"("key", "at");

-- CreateIndex
CREATE INDEX "AuditEvent_projectId_at_idx" ON "AuditEvent"("projectId", "at");

-- CreateIndex
CREATE INDEX "Version_projectId_createdAt_idx" ON "Version"("projectId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Version_projectId_number_key" ON "Version"("projectId", "number");

-- CreateIndex
CREATE INDEX "Example_versionId_position_idx" ON "Example"("versionId", "position");

-- CreateIndex
CREATE INDEX "Example_caseId_idx" ON "Example"("caseId");

-- CreateIndex
CREATE INDEX "Example_reviewId_idx" ON "Example"("reviewId");

-- CreateIndex
CREATE UNIQUE INDEX "Setup_versionId_packSize_similarExamples_mode_key" ON "Setup"("versionId", "packSize", "similarExamples", "mode");

-- CreateIndex
CREATE INDEX "Release_projectId_releasedAt_idx" ON "Release"("projectId", "releasedAt");

-- CreateIndex
CREATE UNIQUE INDEX "TestScore_runId_key" ON "TestScore"("runId");

-- CreateIndex
CREATE INDEX "TestScore_projectId_at_idx" ON "TestScore"("projectId", "at");

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportChunk" ADD CONSTRAINT "ImportChunk_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportProblem" ADD CONSTRAINT "ImportProblem_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Category" ADD CONSTRAINT "Category_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssignmentSkip" ADD CONSTRAINT "AssignmentSkip_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_assignmentId_caseId_purpose_fkey" FOREIGN KEY ("assignmentId", "caseId", "purpose") REFERENCES "Assignment"("id", "caseId", "purpose") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_supersedesId_assignmentId_reviewerId_fkey" FOREIGN KEY ("supersedesId", "assignmentId", "reviewerId") REFERENCES "Review"("id", "assignmentId", "reviewerId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FinalLabel" ADD CONSTRAINT "FinalLabel_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CorrectionDecision" ADD CONSTRAINT "CorrectionDecision_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_setupId_fkey" FOREIGN KEY ("setupId") REFERENCES "Setup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunItem" ADD CONSTRAINT "RunItem_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunItem" ADD CONSTRAINT "RunItem_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Call" ADD CONSTRAINT "Call_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CallCase" ADD CONSTRAINT "CallCase_callId_fkey" FOREIGN KEY ("callId") REFERENCES "Call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Suggestion" ADD CONSTRAINT "Suggestion_callId_fkey" FOREIGN KEY ("callId") REFERENCES "Call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionCategory" ADD CONSTRAINT "VersionCategory_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Example" ADD CONSTRAINT "Example_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Example" ADD CONSTRAINT "Example_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Setup" ADD CONSTRAINT "Setup_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Setup" ADD CONSTRAINT "Setup_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Release" ADD CONSTRAINT "Release_setupId_fkey" FOREIGN KEY ("setupId") REFERENCES "Setup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TestScore" ADD CONSTRAINT "TestScore_setupId_fkey" FOREIGN KEY ("setupId") REFERENCES "Setup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
