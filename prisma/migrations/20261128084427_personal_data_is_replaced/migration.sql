-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "redactAuthors" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "redactFields" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "redactPersonalData" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "redaction" JSONB;

-- CreateTable
CREATE TABLE "CaseRedaction" (
    "runId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "replaced" JSONB NOT NULL,

    CONSTRAINT "CaseRedaction_pkey" PRIMARY KEY ("runId","caseId")
);

-- AddForeignKey
ALTER TABLE "CaseRedaction" ADD CONSTRAINT "CaseRedaction_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A run pins what is replaced as it pins its content, whichever way it is made.
CREATE FUNCTION pin_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.redaction IS NULL THEN
    SELECT jsonb_build_object(
      'on', p."redactPersonalData", 'fields', to_jsonb(p."redactFields"), 'authors', p."redactAuthors"
    ) INTO NEW.redaction
    FROM "Project" p WHERE p.id = NEW."projectId";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_pins_redaction BEFORE INSERT ON "Run"
  FOR EACH ROW EXECUTE FUNCTION pin_redaction();
