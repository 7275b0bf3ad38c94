-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "retries" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "RunItem" ADD COLUMN     "counts" BOOLEAN NOT NULL DEFAULT true;
