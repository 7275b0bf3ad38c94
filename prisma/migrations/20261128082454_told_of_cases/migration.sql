-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "similarLabelIds" UUID[] DEFAULT ARRAY[]::UUID[];

-- AlterTable
ALTER TABLE "AsideCall" ADD COLUMN     "tellsOfIds" UUID[] DEFAULT ARRAY[]::UUID[];
