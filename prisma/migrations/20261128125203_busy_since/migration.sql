-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "busySince" TIMESTAMPTZ(3);
