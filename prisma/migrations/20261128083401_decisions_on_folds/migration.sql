-- AlterTable
ALTER TABLE "CorrectionDecision" ADD COLUMN     "foldId" UUID;

-- CreateTable
CREATE TABLE "FoldDecision" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "reviewId" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "before" JSONB NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "FoldDecision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CorrectionDecision_foldId_idx" ON "CorrectionDecision"("foldId");

-- AddForeignKey
ALTER TABLE "FoldDecision" ADD CONSTRAINT "FoldDecision_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CorrectionDecision" ADD CONSTRAINT "CorrectionDecision_foldId_fkey" FOREIGN KEY ("foldId") REFERENCES "FoldDecision"("id") ON DELETE SET NULL ON UPDATE CASCADE;
