-- Cases that come one by one are labelled in one run for all that are asked in the same way: with the
-- same content, at the same price, and with the same replaced before it leaves.
CREATE UNIQUE INDEX "Run_standing_key" ON "Run" (
  "setupId", pool, "standIn", "contentHash", "priceIn", "priceOut", md5(redaction::text)
) WHERE standing;

-- It is asked in requests, not by workers: none of them may take it for unfinished.
ALTER TABLE "Run" ADD CONSTRAINT "Run_standing_is_done"
  CHECK (NOT standing OR (status = 'done' AND purpose = 'label' AND "batchStage" IS NULL));
