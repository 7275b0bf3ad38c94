-- CreateTable
CREATE TABLE "FinishedText" (
    "caseId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "words" tsvector,

    CONSTRAINT "FinishedText_pkey" PRIMARY KEY ("caseId")
);
