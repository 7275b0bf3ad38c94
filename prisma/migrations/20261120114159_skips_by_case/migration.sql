-- CreateIndex
CREATE INDEX "AssignmentSkip_caseId_userId_idx" ON "AssignmentSkip"("caseId", "userId");
