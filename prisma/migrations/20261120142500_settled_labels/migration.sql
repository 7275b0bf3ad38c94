-- What people settled, to be found among a million labels: precedents, the newest first.
CREATE INDEX "FinalLabel_settled" ON "FinalLabel" ("projectId", at DESC) WHERE source = 'settled';
