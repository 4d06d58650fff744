-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "deleteDataAt" TIMESTAMPTZ(3),
ADD COLUMN     "installationId" TEXT,
ADD COLUMN     "installedAt" TIMESTAMPTZ(3),
ADD COLUMN     "removedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "installations" (
    "id" TEXT NOT NULL,
    "isOrganization" BOOLEAN NOT NULL,
    "appId" TEXT NOT NULL,
    "botId" TEXT NOT NULL,
    "botUserId" TEXT NOT NULL,
    "scopes" TEXT[],
    "botToken" TEXT NOT NULL,
    "refreshToken" TEXT,
    "keyVersion" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "refreshClaimedUntil" TIMESTAMPTZ(3),
    "installedBy" TEXT NOT NULL,
    "installedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "installations_expiresAt_idx" ON "installations"("expiresAt");

-- CreateIndex
CREATE INDEX "installations_keyVersion_idx" ON "installations"("keyVersion");

-- CreateIndex
CREATE INDEX "workspaces_installationId_idx" ON "workspaces"("installationId");

-- CreateIndex
CREATE INDEX "workspaces_deleteDataAt_idx" ON "workspaces"("deleteDataAt");

-- AddForeignKey
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_installationId_fkey" FOREIGN KEY ("installationId") REFERENCES "installations"("id") ON DELETE SET NULL ON UPDATE CASCADE;
