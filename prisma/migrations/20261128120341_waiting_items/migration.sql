-- DropIndex
DROP INDEX "RunItem_runId_status_position_idx";

-- What is still to be done, in its order, and what went wrong: a small part of the table each, while every
-- other look at an item goes by its key.
CREATE INDEX "RunItem_waiting_idx" ON "RunItem" ("runId", position) WHERE status = 'waiting';
CREATE INDEX "RunItem_failed_idx" ON "RunItem" ("runId") WHERE status = 'failed';
