-- CreateEnum
CREATE TYPE "AsidePurpose" AS ENUM ('playground', 'explanation', 'rule');

-- CreateTable
CREATE TABLE "AsideCall" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "purpose" "AsidePurpose" NOT NULL,
    "askedById" UUID NOT NULL,
    "versionId" UUID,
    "caseId" UUID,
    "status" "CallStatus" NOT NULL,
    "request" JSONB NOT NULL,
    "requestHash" TEXT NOT NULL,
    "rawAnswer" TEXT,
    "stopReason" TEXT,
    "errorName" TEXT,
    "errorMessage" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "modelId" TEXT NOT NULL,
    "standIn" BOOLEAN NOT NULL,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "cacheReadTokens" INTEGER NOT NULL DEFAULT 0,
    "cacheWriteTokens" INTEGER NOT NULL DEFAULT 0,
    "latencyMs" INTEGER NOT NULL DEFAULT 0,
    "cost" BIGINT NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AsideCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AsideCall_projectId_at_idx" ON "AsideCall"("projectId", "at");

-- CreateIndex
CREATE INDEX "AsideCall_versionId_at_idx" ON "AsideCall"("versionId", "at");

-- AddForeignKey
ALTER TABLE "AsideCall" ADD CONSTRAINT "AsideCall_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A request that was made stays as it was written.
CREATE TRIGGER aside_call_append_only BEFORE UPDATE OR DELETE ON "AsideCall"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
