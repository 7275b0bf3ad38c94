-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "similarIds" UUID[] DEFAULT ARRAY[]::UUID[];
