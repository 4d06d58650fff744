-- AlterTable
ALTER TABLE "exports" ADD COLUMN     "onlyKind" TEXT;
