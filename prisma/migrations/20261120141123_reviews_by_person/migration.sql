-- DropIndex
DROP INDEX "Review_reviewerId_createdAt_idx";

-- CreateIndex
CREATE INDEX "Review_projectId_reviewerId_createdAt_idx" ON "Review"("projectId", "reviewerId", "createdAt");


-- What is known of how well a person answers, without a look at all else they answered.
CREATE INDEX "Review_known_answers" ON "Review" ("projectId", "reviewerId", "createdAt")
  WHERE purpose IN ('check_case', 'repeat');
