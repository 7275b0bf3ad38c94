-- A claim and an answer write each index of a row anew. Most rows are part of no handout, and have no place in this one.
DROP INDEX "Assignment_handoutId_idx";
CREATE INDEX "Assignment_of_handout" ON "Assignment" ("handoutId") WHERE "handoutId" IS NOT NULL;
