-- AlterTable
ALTER TABLE "inbound" ADD COLUMN     "content" TEXT;
