-- CreateEnum
CREATE TYPE "onlooker_role" AS ENUM ('manager', 'observer');

-- CreateTable
CREATE TABLE "onlookers" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" "onlooker_role" NOT NULL,
    "name" TEXT NOT NULL,
    "proposedBy" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedBy" TEXT,
    "acceptedAt" TIMESTAMPTZ(3),

    CONSTRAINT "onlookers_pkey" PRIMARY KEY ("workspaceId","pairId","userId")
);

-- CreateIndex
CREATE INDEX "onlookers_workspaceId_userId_idx" ON "onlookers"("workspaceId", "userId");

-- AddForeignKey
ALTER TABLE "onlookers" ADD CONSTRAINT "onlookers_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
