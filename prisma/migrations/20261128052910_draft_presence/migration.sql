-- CreateTable
CREATE TABLE "DraftPresence" (
    "versionId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "part" TEXT NOT NULL DEFAULT '',
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DraftPresence_pkey" PRIMARY KEY ("versionId","userId")
);

-- AddForeignKey
ALTER TABLE "DraftPresence" ADD CONSTRAINT "DraftPresence_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
