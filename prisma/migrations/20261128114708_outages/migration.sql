-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "nextTryAt" TIMESTAMPTZ(3),
ADD COLUMN     "unreachableSince" TIMESTAMPTZ(3);
