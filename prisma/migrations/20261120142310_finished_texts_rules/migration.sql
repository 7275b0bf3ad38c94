-- Finished cases are found by their words. What an answer costs stays small: it only notes that there is
-- a text to read, and the worker reads it.
CREATE FUNCTION note_finished_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "FinishedText" ("caseId", "projectId")
  SELECT a."caseId", a."projectId" FROM added a JOIN "Case" c ON c.id = a."caseId"
  WHERE c.pool IN ('example', 'dev')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER final_label_text_noted AFTER INSERT ON "FinalLabel"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_finished_texts();

CREATE INDEX "FinishedText_unread" ON "FinishedText" ("caseId") WHERE words IS NULL;
CREATE INDEX "FinishedText_of_project" ON "FinishedText" ("projectId", "caseId") WHERE words IS NOT NULL;
-- What has not been sorted in yet is read from end to end by each search, so it is kept short (in kB).
CREATE INDEX "FinishedText_words" ON "FinishedText" USING gin (words) WITH (gin_pending_list_limit = 512)
  WHERE words IS NOT NULL;

INSERT INTO "FinishedText" ("caseId", "projectId")
SELECT f."caseId", f."projectId" FROM "FinalLabel" f JOIN "Case" c ON c.id = f."caseId"
WHERE c.pool IN ('example', 'dev');
