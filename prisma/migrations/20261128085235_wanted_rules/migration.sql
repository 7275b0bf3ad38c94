-- CreateTable
CREATE TABLE "WantedRule" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "suggestedId" UUID NOT NULL,
    "rightId" UUID NOT NULL,
    "fromTemplate" BOOLEAN NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "WantedRule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WantedRule_versionId_createdAt_idx" ON "WantedRule"("versionId", "createdAt");

-- AddForeignKey
ALTER TABLE "WantedRule" ADD CONSTRAINT "WantedRule_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of a pair at most one rule is waited for.
CREATE UNIQUE INDEX "WantedRule_waiting" ON "WantedRule" ("versionId", "suggestedId", "rightId")
  WHERE "finishedAt" IS NULL;
