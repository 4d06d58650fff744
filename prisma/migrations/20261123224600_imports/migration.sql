-- CreateEnum
CREATE TYPE "delegation_import_state" AS ENUM ('reading', 'ready', 'writing', 'done', 'refused', 'cancelled', 'expired', 'undone');

-- CreateTable
CREATE TABLE "delegation_imports" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "state" "delegation_import_state" NOT NULL DEFAULT 'reading',
    "lines" JSONB NOT NULL DEFAULT '[]',
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "firstNumber" INTEGER,
    "lastNumber" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "delegation_imports_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE INDEX "delegation_imports_workspaceId_pairId_idx" ON "delegation_imports"("workspaceId", "pairId");

-- CreateIndex
CREATE INDEX "delegation_imports_state_createdAt_idx" ON "delegation_imports"("state", "createdAt");

-- AddForeignKey
ALTER TABLE "delegation_imports" ADD CONSTRAINT "delegation_imports_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
