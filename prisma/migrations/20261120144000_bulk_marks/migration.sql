-- How a bulk confirmation turns out is read off the few cases of it that went to ordinary review.
CREATE INDEX "Assignment_of_bulk" ON "Assignment" ("bulkId") WHERE "bulkId" IS NOT NULL;
CREATE INDEX "Review_of_bulk" ON "Review" ("bulkId", "caseId") WHERE "bulkId" IS NOT NULL;
