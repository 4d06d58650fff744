-- CreateTable
CREATE TABLE "homes" (
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "visits" INTEGER NOT NULL DEFAULT 1,
    "slackZone" TEXT,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "profileAt" TIMESTAMPTZ(3),
    "offsets" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "dueAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "publishedAt" TIMESTAMPTZ(3),
    "viewHash" TEXT,
    "contentHash" TEXT,

    CONSTRAINT "homes_pkey" PRIMARY KEY ("workspaceId","userId")
);

-- CreateIndex
CREATE INDEX "homes_dueAt_idx" ON "homes"("dueAt");

-- AddForeignKey
ALTER TABLE "homes" ADD CONSTRAINT "homes_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
