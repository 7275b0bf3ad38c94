-- CreateEnum
CREATE TYPE "EffectUnit" AS ENUM ('example', 'category');

-- CreateTable
CREATE TABLE "EffectStudy" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "unit" "EffectUnit" NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'queued',
    "message" TEXT,
    "baseRunId" UUID NOT NULL,
    "caseLimit" INTEGER,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EffectStudy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LeftOut" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "exampleIds" TEXT[],
    "runId" UUID,

    CONSTRAINT "LeftOut_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "EffectStudy_versionId_createdAt_idx" ON "EffectStudy"("versionId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "LeftOut_runId_key" ON "LeftOut"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "LeftOut_studyId_position_key" ON "LeftOut"("studyId", "position");

-- AddForeignKey
ALTER TABLE "EffectStudy" ADD CONSTRAINT "EffectStudy_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EffectStudy" ADD CONSTRAINT "EffectStudy_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EffectStudy" ADD CONSTRAINT "EffectStudy_baseRunId_fkey" FOREIGN KEY ("baseRunId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeftOut" ADD CONSTRAINT "LeftOut_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "EffectStudy"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeftOut" ADD CONSTRAINT "LeftOut_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One at a time of a version.
CREATE UNIQUE INDEX "EffectStudy_one_under_way" ON "EffectStudy" ("versionId")
  WHERE status IN ('queued', 'running', 'stopping');
