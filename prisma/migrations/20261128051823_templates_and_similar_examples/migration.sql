-- CreateEnum
CREATE TYPE "PromptTemplate" AS ENUM ('xml', 'json', 'inst');

-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "similarExamples" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "template" "PromptTemplate" NOT NULL DEFAULT 'xml';

ALTER TABLE "Version" ADD CONSTRAINT "Version_similar_examples"
  CHECK ("similarExamples" IN (0, 2, 5, 10));

-- Both decide what the model is sent, so a frozen version keeps them too.
CREATE OR REPLACE FUNCTION keep_frozen_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.number IS NOT NULL AND (
    TG_OP = 'DELETE' OR NEW.number IS DISTINCT FROM OLD.number OR NEW.persona <> OLD.persona
    OR NEW.rules <> OLD.rules OR NEW."answerFormat" <> OLD."answerFormat"
    OR NEW."badExampleForm" <> OLD."badExampleForm" OR NEW.model <> OLD.model
    OR NEW.template <> OLD.template OR NEW."similarExamples" <> OLD."similarExamples"
  ) THEN
    RAISE EXCEPTION 'Version % is frozen', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
