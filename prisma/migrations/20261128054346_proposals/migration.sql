-- CreateEnum
CREATE TYPE "ProposalTarget" AS ENUM ('rules', 'description');

-- CreateEnum
CREATE TYPE "ProposalAuthor" AS ENUM ('model', 'template');

-- CreateEnum
CREATE TYPE "ProposalStatus" AS ENUM ('open', 'accepted', 'rejected');

-- CreateTable
CREATE TABLE "Proposal" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "suggestedId" UUID NOT NULL,
    "rightId" UUID NOT NULL,
    "target" "ProposalTarget" NOT NULL,
    "categoryId" UUID,
    "text" TEXT NOT NULL,
    "editedText" TEXT,
    "sources" JSONB NOT NULL,
    "draftedBy" "ProposalAuthor" NOT NULL,
    "asideCallId" UUID,
    "status" "ProposalStatus" NOT NULL DEFAULT 'open',
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Proposal_versionId_text_key" ON "Proposal"("versionId", "text");

-- AddForeignKey
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
